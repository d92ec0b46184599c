namespace OpenLedger.Engine.Datanets;

/// <summary>How many rows of a version one contributor has.</summary>
public sealed record ContributorRows(string Contributor, int Rows);
