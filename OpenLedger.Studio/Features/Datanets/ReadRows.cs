using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Turns the pages of a Datanet's rows, searched and by contributor. Who may not read them all sees a few to judge by.</summary>
public sealed class ReadRows(Catalogue catalogue, DatanetRows rows, LedgerReader ledger)
{
    public const int PageRows = 25;
    private const int RowsToJudgeBy = 5;

    /// <returns>Null where there is no Datanet that this person may see.</returns>
    public async Task<RowsPage?> PageAsync(Person person, string id, RowQuery query, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return null;
        bool all = catalogue.Read(c => DatanetRules.MayReadRows(c, datanet, person));
        IReadOnlyList<DatanetRow> source = await Task.Run(() => Source(datanet, query, person), cancel);
        DatanetRow[] found = [.. source.Take(all ? int.MaxValue : RowsToJudgeBy).Where(query.Takes)];
        int pages = Math.Max(1, (found.Length + PageRows - 1) / PageRows);
        int page = Math.Clamp(query.Page, 1, pages);
        DatanetRow[] shown = [.. found.Skip((page - 1) * PageRows).Take(PageRows)];
        Dictionary<string, int> answers = await AnswersAsync(id, shown, cancel);
        Dictionary<string, string> names = catalogue.Read(c => shown.Select(row => row.Contributor).Distinct().ToDictionary(key => key, key => ReadDatanet.NameOf(c, Address.Parse(key))));
        return new([.. shown.Select(row => new RowLine(row, names[row.Contributor], answers.GetValueOrDefault(row.Id)))], found.Length, source.Count, page, pages, all);
    }

    // A draft shows what it would publish; waiting rows are their owner's and the admins' to see.
    private IReadOnlyList<DatanetRow> Source(DatanetDocument datanet, RowQuery query, Person person)
    {
        bool waiting = datanet.LatestVersion == 0 || query.Waiting;
        bool may = DatanetRules.IsOwner(datanet, person) || person.IsAdmin;
        return waiting ? may ? rows.Waiting(datanet.Id) : [] : rows.OfVersion(datanet.Id, datanet.LatestVersion);
    }

    private async Task<Dictionary<string, int>> AnswersAsync(string datanetId, DatanetRow[] shown, CancellationToken cancel)
    {
        string[] ids = [.. shown.Select(row => row.Id)];
        var counted = await ledger.ReadAsync(db => db.Shares.Where(share => share.DatanetId == datanetId && share.RowId != null && ids.Contains(share.RowId))
            .GroupBy(share => share.RowId!).Select(group => new { Row = group.Key, Answers = group.Select(share => share.ReceiptId).Distinct().Count() }).ToListAsync(cancel));
        return counted.ToDictionary(one => one.Row, one => one.Answers);
    }
}

/// <summary>Which rows to show.</summary>
/// <param name="Contributor">An address in lower case; null for every one.</param>
/// <param name="Page">From 1.</param>
/// <param name="Waiting">Those that wait for the next version, in place of the published ones.</param>
public sealed record RowQuery(string Words = "", string? Contributor = null, int Page = 1, bool Waiting = false)
{
    internal bool Takes(DatanetRow row)
    {
        if (Contributor is not null && row.Contributor != Contributor) return false;
        if (Words.Length == 0) return true;
        string text = $"{row.Id} {row.AsPassageText()}";
        return Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>A page of rows.</summary>
/// <param name="Found">Rows that the query takes.</param>
/// <param name="All">Rows there are.</param>
/// <param name="Whole">False where only a few are shown to judge by.</param>
public sealed record RowsPage(IReadOnlyList<RowLine> Rows, int Found, int All, int Page, int Pages, bool Whole);

/// <summary>A row, whose it is, and how many answers it earned from.</summary>
public sealed record RowLine(DatanetRow Row, string Contributor, int Answers)
{
    /// <summary>What was asked, or the text's first line.</summary>
    public string Title => Row.Turns.FirstOrDefault(turn => turn.Role == Engine.Templates.ChatTurn.User)?.Content ?? Row.Text!.Split('\n')[0];

    /// <summary>What was answered, or the rest of the text.</summary>
    public string Body => Row.Text is string text
        ? text.Contains('\n', StringComparison.Ordinal) ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim() : ""
        : string.Join("\n", Row.Turns.SkipWhile(turn => turn.Role != Engine.Templates.ChatTurn.Assistant).Select(turn => turn.Content));
}
