namespace OpenLedger.Engine.Training;

/// <summary>One kept-out row as base and tuned model answer it.</summary>
/// <param name="Row">The row's id.</param>
/// <param name="Prompt">What both were asked, as text.</param>
/// <param name="Expected">What the row says.</param>
/// <param name="Base">The base's likeliest answer.</param>
/// <param name="Tuned">The tuned model's.</param>
public sealed record AnswerPair(string Row, string Prompt, string Expected, string Base, string Tuned);
