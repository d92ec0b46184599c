using OpenLedger.Contracts;
using OpenLedger.Contracts.Logs;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Books what the chain says happened to money, once an event, inside the write that moves the cursor on. Knows nothing of how events are read.</summary>
public sealed class BookChainEvent(IChain chain)
{
    /// <returns>False where it was booked before.</returns>
    public bool Book(LedgerContext db, ChainEvent happened, long time) => happened switch
    {
        DepositReceived deposit => BookEntry.Book(
            db, $"deposit/{deposit.Id}", Accounts.Chain, AccountOf(deposit), deposit.Amount, EntryKind.Deposit, deposit.Transaction.Key, time, deposit.Block),
        RewardClaimed claim => BookClaim.Book(db, new ClaimRow
        {
            Id = claim.Id,
            Account = claim.Account,
            Amount = claim.Amount,
            Cumulative = claim.Cumulative,
            Transaction = claim.Transaction.Key,
            Block = claim.Block,
            Time = time,
        }),
        _ => throw new NotSupportedException($"the books have no entry for {happened.GetType().Name}"),
    };

    /// <summary>Takes back what came from blocks that the chain has replaced.</summary>
    /// <param name="db">Of the write.</param>
    /// <param name="standing">The last block that stands.</param>
    public static void Undo(LedgerContext db, long standing)
    {
        foreach (BalanceEntryRow entry in db.BalanceEntries.Where(entry => entry.Block > standing).ToList()) BookEntry.Undo(db, entry);
        db.Claims.RemoveRange(db.Claims.Where(claim => claim.Block > standing));
    }

    private string AccountOf(DepositReceived deposit) => deposit.Account == chain.Operator ? Accounts.Node : Accounts.Of(deposit.Account);
}
