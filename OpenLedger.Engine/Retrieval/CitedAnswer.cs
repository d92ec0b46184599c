namespace OpenLedger.Engine.Retrieval;

/// <summary>An answer with the engine's citations in it.</summary>
public sealed record CitedAnswer(string Text, IReadOnlyList<Citation> Citations);
