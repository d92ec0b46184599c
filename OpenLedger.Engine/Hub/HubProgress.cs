namespace OpenLedger.Engine.Hub;

/// <summary>How far a download is.</summary>
/// <param name="File">The file that is on its way.</param>
/// <param name="Bytes">Of all files, on the disk.</param>
/// <param name="Of">All files together, in bytes.</param>
/// <param name="Cuts">How often it had to go on after a cut.</param>
/// <param name="Waiting">How long it waits before asking again; null while bytes come.</param>
public sealed record HubProgress(string File, long Bytes, long Of, int Cuts, TimeSpan? Waiting);
