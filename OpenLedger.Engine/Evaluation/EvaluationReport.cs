namespace OpenLedger.Engine.Evaluation;

/// <summary>Base against tuned, measured: the record that the report page shows. It never changes once made.</summary>
/// <param name="Measures">On the held-out rows.</param>
/// <param name="Forgetting">Perplexity on rows of another Datanet; null where none were given.</param>
/// <param name="ProbeName">What those rows are.</param>
/// <param name="Best">The tuned model's best answers by shared words, best first.</param>
/// <param name="Worst">Its worst, worst first.</param>
public sealed record EvaluationReport(
    IReadOnlyList<Comparison> Measures, Comparison? Forgetting, string? ProbeName, IReadOnlyList<ScoredAnswer> Best, IReadOnlyList<ScoredAnswer> Worst, int Version = 1);

/// <summary>One row as both answered it.</summary>
/// <param name="Row">The row's id.</param>
/// <param name="BaseScore">Shared words, 0 to 1.</param>
public sealed record ScoredAnswer(string Row, string Prompt, string Expected, string Base, string Tuned, double BaseScore, double TunedScore);
