using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>Rows of published versions by their ids, the last few versions kept in memory: published rows never change. Knows no rights.</summary>
public sealed class VersionRows(DatanetRows rows)
{
    private const int Kept = 4;

    private readonly Lock _lock = new();
    private readonly List<(string Version, IReadOnlyDictionary<string, DatanetRow> Rows)> _recent = [];

    /// <summary>The version's rows by row id.</summary>
    public IReadOnlyDictionary<string, DatanetRow> Of(DatanetVersionDocument version)
    {
        lock (_lock)
        {
            int at = _recent.FindIndex(one => one.Version == version.Id);
            (string Version, IReadOnlyDictionary<string, DatanetRow> Rows) found = at >= 0 ? _recent[at] : (version.Id, Read(version));
            if (at >= 0) _recent.RemoveAt(at);
            _recent.Insert(0, found);
            if (_recent.Count > Kept) _recent.RemoveAt(Kept);
            return found.Rows;
        }
    }

    private Dictionary<string, DatanetRow> Read(DatanetVersionDocument version) =>
        rows.OfVersion(version.DatanetId, version.Number).ToDictionary(row => row.Id, StringComparer.Ordinal);
}
