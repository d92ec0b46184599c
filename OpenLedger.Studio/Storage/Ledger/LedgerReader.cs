using Microsoft.EntityFrameworkCore;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>Asks the ledger; nothing read here is tracked or saved. Knows no row.</summary>
public sealed class LedgerReader(IDbContextFactory<LedgerContext> contexts)
{
    public async Task<T> ReadAsync<T>(Func<LedgerContext, Task<T>> read)
    {
        await using LedgerContext ledger = contexts.CreateDbContext();
        ledger.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await read(ledger);
    }
}
