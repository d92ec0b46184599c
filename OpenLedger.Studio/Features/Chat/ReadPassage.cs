using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>A cited passage in its row, with whose it is and where it comes from. Changes nothing.</summary>
public sealed class ReadPassage(Catalogue catalogue, VersionRows rows)
{
    /// <returns>Null where the Datanet is no longer open to the asker.</returns>
    public Task<PassageView?> OneAsync(ChatAsker asker, NotedPassage passage, CancellationToken cancel) => Task.Run(() => One(asker, passage), cancel);

    private PassageView? One(ChatAsker asker, NotedPassage passage)
    {
        (DatanetDocument Datanet, DatanetVersionDocument Version, string Name)? found = catalogue.Read<(DatanetDocument, DatanetVersionDocument, string)?>(c =>
            c.Datanets.Get(passage.DatanetId) is DatanetDocument datanet && ChatAccess.MayLookUp(c, datanet, asker)
            && c.Versions.Get(DatanetVersionDocument.IdOf(passage.DatanetId, passage.Version)) is DatanetVersionDocument version
                ? (datanet, version, ReadEarned.NameOf(c, Address.Parse(passage.Contributor)))
                : null);
        if (found is not { } at || rows.Of(at.Version).GetValueOrDefault(passage.RowId) is not DatanetRow row) return null;
        return new(passage, at.Datanet, at.Version, at.Name, row);
    }
}

/// <summary>A passage with its surroundings.</summary>
/// <param name="ContributorName">Chosen by the contributor, or the short address.</param>
public sealed record PassageView(NotedPassage Passage, DatanetDocument Datanet, DatanetVersionDocument Version, string ContributorName, DatanetRow Row);
