using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>KTO: answers marked good are to gain on the model as it began, those marked bad to lose, each against how far all have moved (Ethayarajh et al., arXiv 2402.01306).</summary>
internal sealed class ThumbsPreference(PreferenceRecipe recipe) : PreferenceObjective
{
    public override bool HasReference => true;

    public override IReadOnlyList<ScoredText> Texts(IReadOnlyList<EncodedRow> rows) => [.. rows.Select(ScoredText.AnswerOf)];

    // How far the model has moved is read off questions with the answers of their neighbours.
    public override IReadOnlyList<ScoredText> Beside(IReadOnlyList<EncodedRow> rows) =>
        [.. rows.Select((row, i) => ScoredText.Mismatched(row, rows[(i + rows.Count - 1) % rows.Count]))];

    public override Tensor Loss(PreferenceScores scores, IReadOnlyList<EncodedRow> rows, StepTotals totals)
    {
        Tensor liked = tensor(rows.Select(row => row.Liked == true ? 1f : -1f).ToArray());
        Tensor weight = tensor(rows.Select(row => (float)(row.Liked == true ? recipe.LikedWeight : recipe.DislikedWeight)).ToArray());
        Tensor value = (Ahead(scores) * liked.to(scores.Policy.Tokens.device) * recipe.Beta).sigmoid();
        return ((1 - value) * weight.to(value.device)).sum() / totals.Rows;
    }

    public override int Agreements(PreferenceScores scores, IReadOnlyList<EncodedRow> rows)
    {
        bool[] ahead = Ahead(scores).gt(0).cpu().data<bool>().ToArray();
        return rows.Where((row, i) => row.Liked == ahead[i]).Count();
    }

    private static Tensor Ahead(PreferenceScores scores)
    {
        Tensor moved = (scores.PolicyBeside!.Sums() - scores.ReferenceBeside!.Sums()).mean().clamp(min: 0).detach();
        return scores.Gains() - moved;   // [rows]
    }
}
