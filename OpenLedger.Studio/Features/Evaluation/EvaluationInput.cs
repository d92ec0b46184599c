namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Which run is to be measured, and on what besides its own held-out rows. Kept as the job's input.</summary>
/// <param name="RunId">The training's job.</param>
/// <param name="ProbeVersionId">A Datanet version on which it should not have become worse; null for none.</param>
/// <param name="Asked">Unix milliseconds: tells one wish for the same from another.</param>
public sealed record EvaluationInput(string RunId, string? ProbeVersionId, long Asked);
