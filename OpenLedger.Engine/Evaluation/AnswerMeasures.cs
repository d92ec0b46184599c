namespace OpenLedger.Engine.Evaluation;

/// <summary>The measures of written answers against expected ones. Knows no model.</summary>
internal static class AnswerMeasures
{
    public static IEnumerable<Comparison> Of(IReadOnlyList<ScoredAnswer> answers)
    {
        if (answers.Count == 0) yield break;
        yield return Mean(Measure.Exact, answers, AnswerMatch.Exact);
        yield return Mean(Measure.F1, answers, AnswerMatch.F1);
        yield return Comparison.Of(
            Measure.Bleu, [.. answers.Select(answer => Bleu.Of(answer.Base, answer.Expected))], [.. answers.Select(answer => Bleu.Of(answer.Tuned, answer.Expected))],
            (IReadOnlyList<Bleu> set) => Bleu.Sum(set).Score());
        yield return Mean(Measure.Rouge1, answers, (said, wanted) => Rouge.N(said, wanted, 1));
        yield return Mean(Measure.Rouge2, answers, (said, wanted) => Rouge.N(said, wanted, 2));
        yield return Mean(Measure.RougeL, answers, Rouge.L);
    }

    private static Comparison Mean(Measure measure, IReadOnlyList<ScoredAnswer> answers, Func<string, string, double> score) => Comparison.Of(
        measure, [.. answers.Select(answer => score(answer.Base, answer.Expected))], [.. answers.Select(answer => score(answer.Tuned, answer.Expected))],
        (IReadOnlyList<double> set) => set.Average());
}
