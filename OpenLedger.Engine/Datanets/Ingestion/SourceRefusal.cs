namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Why a file is not taken: what is wrong, where, and what would mend it.</summary>
public sealed record SourceRefusal(string What, string Mend, int? Line = null);
