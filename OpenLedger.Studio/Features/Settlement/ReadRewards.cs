using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>What a wallet earned, from what, and how far each part of it has come. Changes nothing.</summary>
public sealed class ReadRewards(LedgerReader reader, Catalogue catalogue, TimeProvider time)
{
    public Task<Rewards> OfAsync(Address account, CancellationToken cancel) => reader.ReadAsync(async db =>
    {
        List<ShareRow> shares = await db.Shares.Where(share => share.Beneficiary == account).ToListAsync(cancel);
        List<ClaimRow> claims = await db.Claims.Where(claim => claim.Account == account).OrderByDescending(claim => claim.Block).ToListAsync(cancel);
        List<PayoutBatchRow> batches = await db.PayoutBatches.ToListAsync(cancel);
        AccountRow? balance = await db.Accounts.SingleOrDefaultAsync(row => row.Account == account.Key, cancel);
        HashSet<long> active = [.. batches.Where(IsActive).Select(batch => batch.Number)];
        Wei earned = Sum(shares);
        Wei settled = Sum(shares.Where(share => share.Batch is long batch && active.Contains(batch)));
        Wei waiting = Sum(shares.Where(share => share.Batch is null));
        Wei claimed = BookClaim.TotalOf(claims);
        return new Rewards
        {
            Earned = earned,
            Claimable = settled > claimed ? settled - claimed : Wei.Zero,
            Claimed = claimed,
            NotSettled = waiting,
            Settling = earned - settled - waiting,
            Prepaid = BookEntry.BalanceOf(balance),
            Answers = Answers(shares),
            Since = shares.Count == 0 ? null : shares.Min(share => share.Time),
            ByRow = Group(shares.Where(share => share.RowLeaf is not null), share => share.RowLeaf!, share => (share.RowLabel ?? share.RowId!, share.RowId, share.DatanetId)),
            ByModel = Group(shares, share => share.ModelId, share => (NameOf(share.ModelId), null, null)),
            ByDay = [.. Group(shares, share => $"{share.Day}", share => (DayText(share.Day), null, null)).OrderByDescending(part => part.Key, StringComparer.Ordinal)],
            Claims = claims,
        };
    });

    private string NameOf(string modelId) => catalogue.Read(c => c.Models.Get(modelId))?.Name ?? modelId;

    private static string DayText(int day) => DateTimeOffset.FromUnixTimeMilliseconds(Day.Start(day)).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private bool IsActive(PayoutBatchRow batch) => batch.State == BatchState.Published && batch.Active <= time.GetUtcNow().ToUnixTimeMilliseconds();

    private static List<EarnedPart> Group(IEnumerable<ShareRow> shares, Func<ShareRow, string> key, Func<ShareRow, (string, string?, string?)> label) =>
        [.. shares.GroupBy(key).Select(group => Part(group, label)).OrderByDescending(part => part.Amount)];

    private static EarnedPart Part(IGrouping<string, ShareRow> group, Func<ShareRow, (string Label, string? RowId, string? DatanetId)> label)
    {
        (string words, string? row, string? datanet) = label(group.First());
        return new EarnedPart(group.Key, words, row, datanet, Sum(group), Answers(group), group.All(share => share.Batch is not null), group.MaxBy(share => share.Time)!.ReceiptId);
    }

    private static int Answers(IEnumerable<ShareRow> shares) => shares.Select(share => share.ReceiptId).Distinct().Count();

    private static Wei Sum(IEnumerable<ShareRow> shares) => shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount);
}

/// <summary>One wallet's earnings. <c>Earned = Claimed + Claimable + Settling + NotSettled</c>.</summary>
public sealed record Rewards
{
    public required Wei Earned { get; init; }

    /// <summary>In an active batch, and not claimed.</summary>
    public required Wei Claimable { get; init; }

    public required Wei Claimed { get; init; }

    /// <summary>In a batch that is on its way.</summary>
    public required Wei Settling { get; init; }

    /// <summary>In no batch yet.</summary>
    public required Wei NotSettled { get; init; }

    /// <summary>What the wallet has prepaid for chats.</summary>
    public required Wei Prepaid { get; init; }

    public required int Answers { get; init; }

    /// <summary>Of the first answer, Unix milliseconds.</summary>
    public required long? Since { get; init; }

    public required IReadOnlyList<EarnedPart> ByRow { get; init; }

    public required IReadOnlyList<EarnedPart> ByModel { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<EarnedPart> ByDay { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ClaimRow> Claims { get; init; }
}

/// <summary>Earnings by one row, model or day.</summary>
/// <param name="Key">The row's leaf, the model's id, or days since 1970-01-01.</param>
/// <param name="Label">The row's first words, or the key.</param>
/// <param name="Settled">All of it is in a batch.</param>
/// <param name="LastReceipt">The newest answer in it, to follow the thread from.</param>
public sealed record EarnedPart(string Key, string Label, string? RowId, string? DatanetId, Wei Amount, int Answers, bool Settled, string LastReceipt);
