using System.Collections.Concurrent;
using System.Numerics;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Attribution;

/// <summary>The rows that a model learned from by its training log, each with whose it is. Measures no influence: that a row was used is all it says.</summary>
public sealed class TrainingUse(Catalogue catalogue, StudioFolders folders, VersionRows rows)
{
    /// <summary>What the method is called in records.</summary>
    public const string Method = "recorded-training-use";

    private readonly ConcurrentDictionary<string, IReadOnlyList<UsedRow>> _used = new(StringComparer.Ordinal);

    /// <summary>In ascending order of row id; empty for a base, or where no log was kept.</summary>
    public IReadOnlyList<UsedRow> Of(ModelDocument model) => model.Kind == ModelKind.Base ? [] : _used.GetOrAdd(model.Hash.Hex, _ => Read(model));

    private IReadOnlyList<UsedRow> Read(ModelDocument model) => model.ParentIds.Count > 0 ? OfParents(model) : OfLog(model);

    // A combined adapter has no log of its own: its parents' rows share by the parents' weights, each parent's equally among its rows.
    private IReadOnlyList<UsedRow> OfParents(ModelDocument model)
    {
        IReadOnlyList<AdapterParent> weights = CanonicalJson.Read<AdapterManifest>(model.Manifest!).Parents ?? [];
        ModelDocument?[] parents = [.. catalogue.Read(c => model.ParentIds.Select(c.Models.Get).ToArray())];
        Dictionary<string, UsedRow> rows = new(StringComparer.Ordinal);
        for (int i = 0; i < Math.Min(parents.Length, weights.Count); i++)
        {
            if (parents[i] is not { } parent) continue;
            IReadOnlyList<UsedRow> used = Of(parent);
            BigInteger units = RawScore.Parse(weights[i].Weight).Clipped;   // what was taken away earns nothing
            BigInteger whole = used.Aggregate(BigInteger.Zero, (sum, row) => sum + row.Scored.Score.Clipped);
            if (whole.IsZero) continue;
            foreach (UsedRow row in used)
            {
                RawScore part = new(units * row.Scored.Score.Clipped / whole + (rows.TryGetValue(row.Scored.Id, out UsedRow? known) ? known.Scored.Score.Units : 0));
                rows[row.Scored.Id] = row with { Scored = row.Scored with { Score = part } };
            }
        }
        return [.. rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select((row, order) => row.Value with { Scored = row.Value.Scored with { Order = order } })];
    }

    private IReadOnlyList<UsedRow> OfLog(ModelDocument model)
    {
        string[] used = [.. RowHistory.In(Path.Combine(folders.Root, model.Path)).Order(StringComparer.Ordinal)];
        if (used.Length == 0) return [];
        DatanetVersionDocument[] versions = catalogue.Read(c => model.DatanetVersionIds.Select(c.Versions.Get).OfType<DatanetVersionDocument>().ToArray());
        Dictionary<string, (string DatanetId, DatanetRow Row)> known = versions.SelectMany(version => rows.Of(version).Values.Select(row => (version.DatanetId, Row: row)))
            .GroupBy(one => $"{one.DatanetId}/{one.Row.Id}").ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return [.. used.Select((id, order) => known.TryGetValue(id, out (string DatanetId, DatanetRow Row) found)
            ? new UsedRow(new ScoredRow(id, found.Row.Contributor, RawScore.FromInteger(1), null, order), found.DatanetId, found.Row)
            : new UsedRow(new ScoredRow(id, null, RawScore.FromInteger(1), null, order), null, null))];
    }
}

/// <summary>A row of a training log.</summary>
/// <param name="DatanetId">Null where its Datanet is not here; its share then goes where unclaimed parts go.</param>
public sealed record UsedRow(ScoredRow Scored, string? DatanetId, DatanetRow? Row);
