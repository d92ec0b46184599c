using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Says which Datanets a person may train on: published ones that are open, their own, or granted to them. Reads no rows.</summary>
public sealed class TrainableDatanets(Catalogue catalogue)
{
    /// <summary>Each with its newest version, by name.</summary>
    public IReadOnlyList<TrainableDatanet> For(Person person) => catalogue.Read<IReadOnlyList<TrainableDatanet>>(c =>
    [
        .. c.Datanets.Find(datanet => datanet.State, DatanetState.Published)
            .Where(datanet => DatanetRules.MayTrain(c, datanet, person))
            .OrderBy(datanet => datanet.Name, StringComparer.OrdinalIgnoreCase)
            .Select(datanet => new TrainableDatanet(datanet, c.Versions.Require(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion)))),
    ]);

    /// <summary>The rows of a run by the names they have now; a version that is gone keeps its id.</summary>
    public IReadOnlyList<NamedRows> Named(IReadOnlyList<string> versionIds) => catalogue.Read<IReadOnlyList<NamedRows>>(c =>
    [
        .. versionIds.Select(id => c.Versions.Get(id) is DatanetVersionDocument version
            ? new NamedRows(version.DatanetId, c.Datanets.Get(version.DatanetId)?.Name ?? version.DatanetId, version.Number)
            : new NamedRows(id, id, 0)),
    ]);

    /// <summary>Whether the person may train on this version.</summary>
    public bool Allows(Person person, string versionId) => catalogue.Read(c =>
        c.Versions.Get(versionId) is DatanetVersionDocument version && c.Datanets.Get(version.DatanetId) is DatanetDocument datanet && DatanetRules.MayTrain(c, datanet, person));
}

/// <summary>A Datanet with the version that a run would use.</summary>
public sealed record TrainableDatanet(DatanetDocument Datanet, DatanetVersionDocument Version);

/// <summary>What a run learned from, as a page names it.</summary>
public sealed record NamedRows(string DatanetId, string Name, int Number);
