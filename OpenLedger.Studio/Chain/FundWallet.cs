using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Chain;

/// <summary>Gives a wallet some OPEN to start with, once, on the development chain alone. Knows nothing of who owns it.</summary>
public sealed class FundWallet(ChainOptions options, LedgerWriter ledger, TimeProvider time)
{
    /// <returns>Whether this chain gives gifts; the coins come within a second.</returns>
    public async Task<bool> OnceAsync(Address wallet, CancellationToken cancel)
    {
        if (!options.IsDevelopment || options.Gift <= 0) return false;
        SendNative gift = new(wallet, Wei.FromOpen(options.Gift));
        await ledger.WriteAsync(db => { ChainOutbox.Add(db, $"gift/{wallet.Key}", gift, time.GetUtcNow().ToUnixTimeMilliseconds()); }, cancel);
        return true;
    }
}
