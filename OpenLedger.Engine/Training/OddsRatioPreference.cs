using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>ORPO: plain learning of the chosen text, and better odds for its answer than for the rejected one (Hong et al., arXiv 2403.07691). Needs no second model.</summary>
internal sealed class OddsRatioPreference(double weight) : PreferenceObjective
{
    public override bool HasReference => false;

    // The chosen text is learned throughout, its question too, as in TRL.
    public override IReadOnlyList<ScoredText> Texts(IReadOnlyList<EncodedRow> rows) =>
        [.. rows.Select(ScoredText.Whole), .. rows.Select(row => ScoredText.AnswerOf(row.Rejected!))];

    public override Tensor Loss(PreferenceScores scores, IReadOnlyList<EncodedRow> rows, StepTotals totals)
    {
        Tensor plain = -scores.Policy.WholeSums().narrow(0, 0, rows.Count).sum() / totals.Tokens;
        return plain - nn.functional.logsigmoid(LogOdds(scores, rows.Count)).sum() * (weight / totals.Rows);
    }

    public override int Agreements(PreferenceScores scores, IReadOnlyList<EncodedRow> rows) => (int)LogOdds(scores, rows.Count).gt(0).sum().ToInt64();

    private static Tensor LogOdds(PreferenceScores scores, int pairs)
    {
        Tensor means = scores.Policy.Means();
        Tensor odds = means - (1 - means.exp()).log();   // [texts]
        return odds.narrow(0, 0, pairs) - odds.narrow(0, pairs, pairs);
    }
}
