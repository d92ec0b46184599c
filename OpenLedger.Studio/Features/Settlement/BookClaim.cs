using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Writes down what the chain has paid. Knows nothing of how it was asked for.</summary>
internal static class BookClaim
{
    /// <returns>False where it was booked before.</returns>
    public static bool Book(LedgerContext db, ClaimRow claim)
    {
        if (db.Claims.Find(claim.Id) is not null) return false;
        db.Claims.Add(claim);
        return BookEntry.Book(db, $"claim/{claim.Id}", Accounts.Distributor, Accounts.Chain, claim.Amount, EntryKind.Claim, claim.Transaction, claim.Time, claim.Block);
    }

    /// <summary>All that an account was ever paid.</summary>
    public static Wei TotalOf(IEnumerable<ClaimRow> claims) => claims.Aggregate(Wei.Zero, (sum, claim) => sum + claim.Amount);
}
