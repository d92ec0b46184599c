using Microsoft.EntityFrameworkCore;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lists the Datanets a person may see, with how far each has got. Reads no rows.</summary>
public sealed class BrowseDatanets(Catalogue catalogue, LedgerReader ledger, TimeProvider time)
{
    /// <summary>By answers this week, then by name.</summary>
    public async Task<IReadOnlyList<DatanetLine>> ListAsync(Person person, DatanetFilter filter, CancellationToken cancel)
    {
        Dictionary<string, DatanetEarnings> earned = await EarnedAsync(cancel);
        return catalogue.Read<IReadOnlyList<DatanetLine>>(c =>
        [
            .. c.Datanets.All().Where(datanet => DatanetRules.MaySee(datanet, person))
                .Select(datanet => LineOf(c, datanet, person, earned.GetValueOrDefault(datanet.Id, DatanetEarnings.None)))
                .Where(line => filter.Takes(line))
                .OrderByDescending(line => line.AnswersThisWeek).ThenBy(line => line.Datanet.Name, StringComparer.OrdinalIgnoreCase),
        ]);
    }

    private static DatanetLine LineOf(CatalogueReading c, DatanetDocument datanet, Person person, DatanetEarnings earned) => new(
        datanet,
        DatanetRules.IsOwner(datanet, person),
        DatanetRules.MayTrain(c, datanet, person),
        ReachedBy(c, datanet, earned),
        earned.ThisWeek);

    private static GlyphKind? ReachedBy(CatalogueReading c, DatanetDocument datanet, DatanetEarnings earned)
    {
        if (datanet.LatestVersion == 0) return null;
        if (earned.Settled) return GlyphKind.Coin;
        if (earned.Answers > 0) return GlyphKind.Answer;
        return c.Models.FindContaining(model => model.DatanetIds, datanet.Id).Count > 0 ? GlyphKind.Adapter : GlyphKind.Row;
    }

    private async Task<Dictionary<string, DatanetEarnings>> EarnedAsync(CancellationToken cancel)
    {
        long weekAgo = time.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds();
        var answers = await ledger.ReadAsync(db => db.Shares.Where(share => share.DatanetId != null)
            .GroupBy(share => new { share.DatanetId, share.ReceiptId })
            .Select(group => new { group.Key.DatanetId, Recent = group.Max(share => share.Time) > weekAgo, Settled = group.Max(share => share.Batch) != null })
            .ToListAsync(cancel));
        return answers.GroupBy(answer => answer.DatanetId!).ToDictionary(
            group => group.Key, group => new DatanetEarnings(group.Count(), group.Count(answer => answer.Recent), group.Any(answer => answer.Settled)));
    }
}

/// <summary>A Datanet in the list.</summary>
/// <param name="Reached">How far its rows got on the way to a coin; null where none is published.</param>
public sealed record DatanetLine(DatanetDocument Datanet, bool IsMine, bool MayTrain, GlyphKind? Reached, int AnswersThisWeek);

/// <summary>What the answers that used a Datanet came to.</summary>
internal sealed record DatanetEarnings(int Answers, int ThisWeek, bool Settled)
{
    public static DatanetEarnings None { get; } = new(0, 0, false);
}

/// <summary>Which Datanets a person wants to see.</summary>
public sealed record DatanetFilter(string Words = "", string? Licence = null, DatanetScope Scope = DatanetScope.All)
{
    internal bool Takes(DatanetLine line) => InScope(line) && (Licence is null || line.Datanet.Licence == Licence) && HasWords(line.Datanet);

    private bool InScope(DatanetLine line) => Scope switch
    {
        DatanetScope.All => true,
        DatanetScope.MayTrain => line.MayTrain,
        DatanetScope.Mine => line.IsMine,
    };

    // Every word stands somewhere in what is said about it.
    private bool HasWords(DatanetDocument datanet)
    {
        string said = $"{datanet.Name} {datanet.Summary} {datanet.Description} {string.Join(' ', datanet.Tags)}";
        return Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>All that one may see, those one may train on, or one's own.</summary>
public enum DatanetScope
{
    All,
    MayTrain,
    Mine,
}
