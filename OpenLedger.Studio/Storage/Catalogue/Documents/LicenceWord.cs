namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>A publisher's word that licences which nobody here knows allow selling, as the node's log keeps it. Proves nothing about the licences.</summary>
/// <param name="Model">Id of the adapter.</param>
/// <param name="Licences">As the adapter carries them.</param>
/// <param name="By">The publisher's address.</param>
/// <param name="Time">Unix milliseconds, UTC.</param>
public sealed record LicenceWord(string Model, IReadOnlyList<string> Licences, string By, long Time, int Version = 1);
