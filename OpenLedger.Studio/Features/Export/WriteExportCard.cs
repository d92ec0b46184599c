using System.Globalization;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Gathers what a model's card says from its records. Writes no file.</summary>
public sealed class WriteExportCard(Catalogue catalogue, StudioFolders folders, VersionRows rows, TrainingUse use)
{
    private const int Questions = 10, LongestQuestion = 300;

    /// <param name="site">Where this Studio is reached.</param>
    public ModelCard For(ModelDocument model, ModelDocument on, string site)
    {
        UsedRow[] learned = Learned(model);
        return new ModelCard
        {
            Name = model.Name,
            Summary = model.Summary,
            Base = on.Name,
            BaseHash = on.Hash.Hex,
            Licence = model.Licence,
            WeightsHash = model.Hash.Hex,
            ManifestId = model.Manifest is string manifest ? CanonicalJson.Read<AdapterManifest>(manifest).Id.Hex : null,
            AttributionLink = $"{site.TrimEnd('/')}/trace/{model.Id}",
            Data = [.. Versions(model).Select(version => DataOf(version, learned))],
            Contributors = [.. (learned.Length > 0 ? Givers(learned) : Givers(model)).OrderByDescending(one => one.Rows)],
            Evaluation = Measured(model),
        };
    }

    /// <summary>Some questions of the rows it learned from, or of all its versions' where no log was kept: what the self-test asks first.</summary>
    public IReadOnlyList<string> QuestionsFor(ModelDocument model) => [.. RowsOf(model).OrderBy(row => row.Id, StringComparer.Ordinal)
        .Select(row => row.Turns.FirstOrDefault(turn => turn.Role == ChatTurn.User)?.Content)
        .OfType<string>().Where(question => question.Length is > 0 and <= LongestQuestion).Take(Questions)];

    private IEnumerable<DatanetRow> RowsOf(ModelDocument model) => Learned(model) is { Length: > 0 } learned
        ? learned.Select(row => row.Row!)
        : Versions(model).SelectMany(version => rows.Of(version).Values);

    // Of those that the training log names, the ones that are here; what a combined one took away it did not learn.
    private UsedRow[] Learned(ModelDocument model) => [.. use.Of(model).Where(row => row.Row is not null && !row.Scored.Score.Clipped.IsZero)];

    // Where no log was kept, the version as a whole is all that is known.
    private CardData DataOf(DatanetVersionDocument version, UsedRow[] learned) => new(
        catalogue.Read(c => c.Datanets.Get(version.DatanetId))?.Name ?? version.DatanetId, version.Number, version.Root.Hex, version.Licence,
        learned.Length == 0 ? version.Rows : learned.Count(row => row.DatanetId == version.DatanetId && rows.Of(version).ContainsKey(row.Row!.Id)));

    private static IEnumerable<CardContributor> Givers(UsedRow[] learned) => learned.GroupBy(row => row.Row!.Contributor)
        .Select(group => new CardContributor(Address.TryParse(group.Key, out Address address) ? address.ToString() : group.Key, group.Count()));

    private IEnumerable<CardContributor> Givers(ModelDocument model) => Versions(model).SelectMany(version => version.Contributors).GroupBy(one => one.Contributor)
        .Select(group => new CardContributor(group.Key.ToString(), group.Sum(one => one.Rows)));

    private DatanetVersionDocument[] Versions(ModelDocument model) => catalogue.Read(c => model.DatanetVersionIds.Select(c.Versions.Get).OfType<DatanetVersionDocument>().ToArray());

    private Dictionary<string, string> Measured(ModelDocument model)
    {
        Dictionary<string, string> measured = model.Metrics.ToDictionary(one => one.Key, one => one.Value.ToString("F4", CultureInfo.InvariantCulture));
        if (model.RunId is null || ReadEvaluation.ReportIn(folders.Run(model.RunId)) is not { } report) return measured;
        foreach (Comparison one in report.Measures)
            measured[string.Create(CultureInfo.InvariantCulture, $"{one.Measure} on {one.Rows} held-out rows, base and tuned")] = string.Create(CultureInfo.InvariantCulture, $"{one.Base:F3} and {one.Tuned:F3}; difference {one.Change.Difference:F3} ({one.Change.Low:F3} to {one.Change.High:F3})");
        return measured;
    }
}
