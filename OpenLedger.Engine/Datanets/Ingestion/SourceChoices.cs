namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What a person decided about a file where the guess was wrong. Null leaves it to the guess.</summary>
public sealed record SourceChoices(bool? HasHeader = null, char? Delimiter = null);
