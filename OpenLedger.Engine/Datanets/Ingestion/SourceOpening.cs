namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What came of opening a file: the file, or why not. Exactly one is there.</summary>
public sealed record SourceOpening(SourceFile? File, SourceRefusal? Refusal);
