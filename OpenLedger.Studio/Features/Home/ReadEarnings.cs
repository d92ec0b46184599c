using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Home;

/// <summary>The ledger's part of the first page: what a person earned, by which answers, and what of theirs runs now.</summary>
public sealed class ReadEarnings(LedgerReader ledger, TimeProvider clock)
{
    private const int MostPayments = 4;
    private const string TrainingKind = "training";

    internal Task<HomeEarnings> ReadAsync(Person person, IReadOnlyDictionary<string, string> modelNames, CancellationToken cancel) => ledger.ReadAsync(async books =>
    {
        string? latest = await books.Receipts.OrderByDescending(r => r.Time).Select(r => r.Id).FirstOrDefaultAsync(cancel);
        if (person.Address is not { } address) return new HomeEarnings { LatestReceipt = latest };
        long weekAgo = clock.GetUtcNow().AddDays(-7).ToUnixTimeMilliseconds();
        IQueryable<ShareRow> mine = books.Shares.Where(s => s.Beneficiary == address && (s.Reason == FeeReason.Passage || s.Reason == FeeReason.TrainingRow || s.Reason == FeeReason.Developer));
        Wei batched = (await books.PayoutLeaves.Where(leaf => leaf.Account == address).OrderByDescending(leaf => leaf.Batch).FirstOrDefaultAsync(cancel))?.Cumulative ?? Wei.Zero;
        List<Wei> open = await mine.Where(s => s.Batch == null).Select(s => s.Amount).ToListAsync(cancel);
        List<Wei> claims = await books.Claims.Where(c => c.Account == address).Select(c => c.Cumulative).ToListAsync(cancel);
        return new HomeEarnings
        {
            LatestReceipt = latest,
            Earned = open.Aggregate(batched, (sum, amount) => sum + amount),
            Claimed = claims.Count == 0 ? Wei.Zero : claims.Max(),
            Answers = await mine.Select(s => s.ReceiptId).Distinct().CountAsync(cancel),
            AnswersThisWeek = await mine.Where(s => s.Time >= weekAgo).Select(s => s.ReceiptId).Distinct().CountAsync(cancel),
            Payments = await PaymentsAsync(books, mine, modelNames, cancel),
            Training = await TrainingAsync(books, person, cancel),
        };
    });

    private static async Task<IReadOnlyList<HomePayment>> PaymentsAsync(LedgerContext books, IQueryable<ShareRow> mine, IReadOnlyDictionary<string, string> modelNames, CancellationToken cancel)
    {
        List<string> receipts = await mine.GroupBy(s => s.ReceiptId).Select(g => new { g.Key, Time = g.Max(s => s.Time) }).OrderByDescending(g => g.Time).Take(MostPayments).Select(g => g.Key).ToListAsync(cancel);
        List<ShareRow> shares = await mine.Where(s => receipts.Contains(s.ReceiptId)).ToListAsync(cancel);
        HashSet<long> settled = [.. await books.PayoutBatches.Where(b => b.State == BatchState.Published).Select(b => b.Number).ToListAsync(cancel)];
        return [.. receipts.Select(id => Payment(id, [.. shares.Where(s => s.ReceiptId == id)], modelNames, settled))];
    }

    private static HomePayment Payment(string receipt, IReadOnlyList<ShareRow> shares, IReadOnlyDictionary<string, string> modelNames, HashSet<long> settled)
    {
        ShareRow largest = shares.MaxBy(s => s.Amount)!;
        string model = modelNames.GetValueOrDefault(largest.ModelId, largest.ModelId);
        int rows = shares.Where(s => s.RowId is not null).Select(s => s.RowId).Distinct().Count();
        string label = shares.Where(s => s.RowLabel is not null).MaxBy(s => s.Amount)?.RowLabel ?? $"An answer of {model}";
        return new HomePayment(receipt, label, model, rows, shares.Aggregate(Wei.Zero, (sum, s) => sum + s.Amount), shares.All(s => s.Batch is { } batch && settled.Contains(batch)), largest.Time);
    }

    private static async Task<HomeTraining?> TrainingAsync(LedgerContext books, Person person, CancellationToken cancel)
    {
        string owner = person.Key;
        JobRow? job = await books.Jobs.Where(j => j.Owner == owner && j.Kind == TrainingKind && (j.State == JobState.Queued || j.State == JobState.Running || j.State == JobState.Paused))
            .OrderByDescending(j => j.Created).FirstOrDefaultAsync(cancel);
        return job is null ? null : new HomeTraining(job.Id, job.Progress / 100, job.ProgressText);
    }
}

/// <summary>What the ledger says of one person.</summary>
internal sealed record HomeEarnings
{
    public string? LatestReceipt { get; init; }

    public Wei Earned { get; init; }

    public Wei Claimed { get; init; }

    public int Answers { get; init; }

    public int AnswersThisWeek { get; init; }

    public IReadOnlyList<HomePayment> Payments { get; init; } = [];

    public HomeTraining? Training { get; init; }
}
