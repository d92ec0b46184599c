using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Who earned by one answer, as the ledger has it. Shown to whoever holds the receipt's id: receipts are public records.</summary>
public sealed class ReadEarned(LedgerReader ledger, Catalogue catalogue)
{
    private const int Whole = 10_000;

    /// <returns>Null where no answer was charged under this id.</returns>
    public async Task<EarnedByAnswer?> ForAsync(string? receiptId, CancellationToken cancel)
    {
        if (receiptId is null || await ledger.ReadAsync(db => db.Receipts.SingleOrDefaultAsync(row => row.Id == receiptId, cancel)) is not ReceiptRow receipt) return null;
        List<ShareRow> shares = await ledger.ReadAsync(db => db.Shares.Where(share => share.ReceiptId == receiptId).OrderBy(share => share.Ordinal).ToListAsync(cancel));
        ShareRow[] rows = [.. shares.Where(share => share.Reason is FeeReason.Passage or FeeReason.TrainingRow)];
        Wei contributed = Sum(rows);
        string trace = $"/trace/{receipt.Id}";
        return new(
            receipt,
            Parts(shares.GroupBy(share => Group(share.Reason)).Select(group => (group.Key, Sum(group), (string?)trace)), receipt.Fee),
            catalogue.Read(c => Parts(rows.GroupBy(share => share.Beneficiary).Select(group => (NameOf(c, group.Key), Sum(group), (string?)$"/trace?of={group.Key}")), contributed)),
            rows.Where(share => share.RowId is not null).GroupBy(share => share.RowId!).ToDictionary(group => group.Key, Sum, StringComparer.Ordinal),
            contributed,
            Sum(rows.Where(share => share.Reason == FeeReason.Passage)),
            Sum(rows.Where(share => share.Reason == FeeReason.TrainingRow)));
    }

    private static string Group(FeeReason reason) => reason switch
    {
        FeeReason.Passage or FeeReason.TrainingRow => "Contributors",
        FeeReason.Developer => "Model developer",
        FeeReason.Staker => "Stakers",
        FeeReason.Platform => "Platform",
        FeeReason.Unclaimed => "Treasury: nobody behind it",
    };

    internal static string NameOf(CatalogueReading c, Address address) => c.People.Get(PersonDocument.IdOf(address))?.DisplayName ?? address.ToShortText();

    // Rounded for the eye so that they still sum to the whole; amounts are exact.
    private static IReadOnlyList<SharePart> Parts(IEnumerable<(string Name, Wei Amount, string? Href)> named, Wei whole)
    {
        (string Name, Wei Amount, string? Href)[] parts = [.. named.Where(part => !part.Amount.IsZero).OrderByDescending(part => part.Amount).ThenBy(part => part.Name, StringComparer.Ordinal)];
        if (parts.Length == 0 || whole.IsZero) return [];
        IReadOnlyList<System.Numerics.BigInteger> points = LargestRemainder.Split(Whole, [.. parts.Select((part, i) => ($"{i:D6}", part.Amount.Amount))]);
        return [.. parts.Select((part, i) => new SharePart(part.Name, (int)points[i], part.Amount, part.Href))];
    }

    private static Wei Sum(IEnumerable<ShareRow> shares) => shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount);
}

/// <summary>An answer's fee in its parts.</summary>
/// <param name="Fee">By what for.</param>
/// <param name="Contributors">By whom, within the contributors' part.</param>
/// <param name="ByRow">By row, across Datanets.</param>
/// <param name="Contributed">The contributors' part.</param>
/// <param name="ForPassages">Of it, for passages the answer used.</param>
/// <param name="ForTraining">Of it, for rows the model was trained on.</param>
public sealed record EarnedByAnswer(
    ReceiptRow Receipt, IReadOnlyList<SharePart> Fee, IReadOnlyList<SharePart> Contributors, IReadOnlyDictionary<string, Wei> ByRow, Wei Contributed, Wei ForPassages, Wei ForTraining);
