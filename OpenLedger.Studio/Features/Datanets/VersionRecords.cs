using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Finds a version's signed record in the node's log. Writes none.</summary>
internal static class VersionRecords
{
    /// <summary>The kind of such records in the log.</summary>
    public const string Kind = "version";

    public static DatasetVersion? Find(LedgerContext db, string datanetId, int number)
    {
        string named = $"\"datanetId\":\"{datanetId}\"";
        return db.Log.Where(row => row.Kind == Kind && row.Json.Contains(named)).AsEnumerable()
            .Select(row => CanonicalJson.Read<DatasetVersion>(row.Json)).FirstOrDefault(version => version.Number == number);
    }
}
