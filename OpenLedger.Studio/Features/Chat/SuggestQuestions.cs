using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Three questions that a Datanet's rows answer, for whoever does not know what to ask. Takes them from the rows, each from another contributor.</summary>
public sealed class SuggestQuestions(Catalogue catalogue, VersionRows rows)
{
    private const int Wanted = 3;
    private const int Longest = 90;

    public Task<IReadOnlyList<string>> ForAsync(string datanetId, CancellationToken cancel) => Task.Run(() => For(datanetId), cancel);

    private IReadOnlyList<string> For(string datanetId)
    {
        DatanetVersionDocument? version = catalogue.Read(c => c.Datanets.Get(datanetId) is DatanetDocument datanet ? c.Versions.Get(DatanetVersionDocument.IdOf(datanetId, datanet.LatestVersion)) : null);
        return version is null ? [] : [.. rows.Of(version).Values.OrderBy(row => row.Id, StringComparer.Ordinal).Where(Asks).GroupBy(row => row.Contributor).Select(group => group.First().Turns[0].Content).Take(Wanted)];
    }

    private static bool Asks(DatanetRow row) => row.Turns is [{ Role: ChatTurn.User, Content: { Length: <= Longest } question }, ..] && question.EndsWith('?');
}
