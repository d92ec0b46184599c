using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>DPO: the chosen answer is to gain more on the model as it began than the rejected one (Rafailov et al., arXiv 2305.18290). TRL's forms of it.</summary>
internal sealed class DirectPreference(PreferenceRecipe recipe) : PreferenceObjective
{
    public override bool HasReference => true;

    public override IReadOnlyList<ScoredText> Texts(IReadOnlyList<EncodedRow> rows) =>
        [.. rows.Select(ScoredText.AnswerOf), .. rows.Select(row => ScoredText.AnswerOf(row.Rejected!))];

    public override Tensor Loss(PreferenceScores scores, IReadOnlyList<EncodedRow> rows, StepTotals totals)
    {
        Tensor margin = recipe.Form == PreferenceForm.Ipo ? Margin(scores.Gains() / scores.Policy.Lengths(), rows.Count) : Margin(scores.Gains(), rows.Count) * recipe.Beta;
        return PerPair(margin).sum() / totals.Rows;
    }

    public override int Agreements(PreferenceScores scores, IReadOnlyList<EncodedRow> rows) => (int)Margin(scores.Gains(), rows.Count).gt(0).sum().ToInt64();

    private Tensor PerPair(Tensor margin)
    {
        double smoothing = recipe.LabelSmoothing;
        Tensor right = nn.functional.logsigmoid(margin), wrong = nn.functional.logsigmoid(-margin);
        return recipe.Form switch
        {
            PreferenceForm.Sigmoid => right * (smoothing - 1) - wrong * smoothing,
            PreferenceForm.Robust => (right * (smoothing - 1) + wrong * smoothing) / (1 - 2 * smoothing),
            PreferenceForm.Ipo => (margin - 1 / (2 * recipe.Beta)).square(),
            PreferenceForm.Hinge => nn.functional.relu(1 - margin),
        };
    }

    // Chosen first, then rejected, in the rows' order.
    private static Tensor Margin(Tensor perText, int pairs) => perText.narrow(0, 0, pairs) - perText.narrow(0, pairs, pairs);
}
