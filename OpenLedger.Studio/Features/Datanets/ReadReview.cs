using System.Text.RegularExpressions;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Duplicates;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Prepares an admin's review: what can be checked by machine is checked before, and a sample is laid out. Decides nothing.</summary>
public sealed partial class ReadReview(Catalogue catalogue, DatanetRows rows)
{
    private const int SampleRows = 20;
    private const int TwinsShown = 20;
    private const int RowsCompared = 200_000;

    public async Task<Outcome<ReviewView>> ReadAsync(Person person, string id, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, id, person)) is not DatanetDocument datanet) return DatanetRefusals.NotFound;
        if (!person.IsAdmin && !DatanetRules.IsOwner(datanet, person)) return DatanetRefusals.NotFound;
        return await Task.Run(() => Prepare(datanet, cancel), cancel);
    }

    private ReviewView Prepare(DatanetDocument datanet, CancellationToken cancel)
    {
        DatanetRow[] own = [.. rows.Waiting(datanet.Id)];
        DatanetRow[] others = [.. OthersRows(datanet.Id)];
        NearDuplicateSearch search = new();
        foreach (DatanetRow row in others.Concat(own)) search.Add(row.AsPassageText());
        NearPair[] pairs = [.. search.Find(cancel).Where(pair => pair.Later >= others.Length)];
        NearPair[] inside = [.. pairs.Where(pair => pair.Earlier >= others.Length)];
        NearPair[] across = [.. pairs.Where(pair => pair.Earlier < others.Length)];
        string name = catalogue.Read(c => ReadDatanet.NameOf(c, datanet.Owner));
        return new(datanet, name, own.Length,
            [WholeLine(own), AcrossLine(across, others.Length), MailLine(own), InsideLine(inside), new("Source pages say the same", "needs the internet", VerifyOutcome.NotChecked)],
            SampleOf(own),
            [.. inside.Take(TwinsShown).Select(pair => TwinOf(own[pair.Earlier - others.Length], own[pair.Later - others.Length], pair.Alike))]);
    }

    // Rows with something to look at come first; the rest stand evenly over the whole.
    private static DatanetRow[] SampleOf(DatanetRow[] own)
    {
        DatanetRow[] first = [.. own.Where(HasMail).Take(SampleRows / 2)];
        DatanetRow[] rest = [.. own.Except(first)];
        int places = Math.Min(rest.Length, SampleRows - first.Length);
        return [.. first, .. Enumerable.Range(0, places).Select(place => rest[(int)((long)place * rest.Length / places)])];
    }

    private static bool HasMail(DatanetRow row) => MailAddress().IsMatch(row.AsPassageText());

    private IEnumerable<DatanetRow> OthersRows(string id) =>
        catalogue.Read(c => c.Datanets.Find(datanet => datanet.State, DatanetState.Published)).Where(datanet => datanet.Id != id)
            .SelectMany(datanet => rows.OfVersion(datanet.Id, datanet.LatestVersion)).Take(RowsCompared);

    private static CheckLine WholeLine(DatanetRow[] own)
    {
        int broken = own.Count(row => row.Text is null ? row.Turns.Count == 0 || row.Turns[^1].Role != ChatTurn.Assistant || row.Turns.Any(turn => string.IsNullOrWhiteSpace(turn.Content)) : string.IsNullOrWhiteSpace(row.Text));
        return new("Every row is whole", broken == 0 ? $"{own.Length:N0} rows" : $"{broken:N0} of {own.Length:N0} have an empty part", broken == 0 ? VerifyOutcome.Pass : VerifyOutcome.Fail);
    }

    private static CheckLine AcrossLine(NearPair[] across, int compared) =>
        new("No row is in another Datanet", across.Length == 0 ? $"compared with {compared:N0} rows" : $"{across.Length:N0} rows are nearly the same as one of {compared:N0} there", across.Length == 0 ? VerifyOutcome.Pass : VerifyOutcome.Look);

    private static CheckLine MailLine(DatanetRow[] own)
    {
        int found = own.Count(HasMail);
        return new("No e-mail addresses in the rows", found == 0 ? "the one kind of personal data that is looked for" : found == 1 ? "in 1 row, shown first below" : $"in {found:N0} rows, shown first below", found == 0 ? VerifyOutcome.Pass : VerifyOutcome.Look);
    }

    private static CheckLine InsideLine(NearPair[] inside) =>
        new("Near duplicates among the rows", inside.Length == 0 ? "none" : $"{inside.Length:N0}; they would share one reward", inside.Length == 0 ? VerifyOutcome.Pass : VerifyOutcome.Look);

    private static RowTwin TwinOf(DatanetRow earlier, DatanetRow later, double alike) => new(earlier.Id, earlier.AsPassageText(), later.Id, later.AsPassageText(), alike);

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}", RegexOptions.NonBacktracking)]
    private static partial Regex MailAddress();
}

/// <summary>What an admin has before them.</summary>
public sealed record ReviewView(DatanetDocument Datanet, string OwnerName, int Rows, IReadOnlyList<CheckLine> Checks, IReadOnlyList<DatanetRow> Sample, IReadOnlyList<RowTwin> Twins);

/// <summary>Two rows that are nearly alike.</summary>
public sealed record RowTwin(string EarlierId, string EarlierText, string LaterId, string LaterText, double Alike);
