namespace OpenLedger.Engine.Datanets.Duplicates;

/// <summary>A text and the first one before it that it nearly repeats, by the order in which they were added.</summary>
/// <param name="Alike">Shared shingles of all shingles (Jaccard), 0.8 to 1.</param>
public sealed record NearPair(int Earlier, int Later, double Alike);
