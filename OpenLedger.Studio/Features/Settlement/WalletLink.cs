using OpenLedger.Contracts;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Hands a prepared transaction to the person's wallet, and waits for the chain to have it. Holds no key.</summary>
public sealed class WalletLink(WalletScript wallet, IChain chain, IConfiguration configuration, AwaitTransaction transactions)
{
    /// <param name="from">The account that is signed in.</param>
    /// <param name="transaction">What it is to send.</param>
    /// <param name="cancel">Leaves the page.</param>
    /// <returns>What became of it; with words where the wallet said no.</returns>
    public async Task<(TransactionFate? Fate, string? Why)> SendAsync(Address from, WalletTransaction transaction, CancellationToken cancel)
    {
        WalletAnswer answer = await wallet.SendAsync(Chain, from.Key, transaction.To.Key, transaction.Data, transaction.ValueHex, cancel);
        return answer.Ok ? (await transactions.WaitAsync(answer.Hash, cancel), null) : (null, answer.Why ?? "The wallet did not say why. Nothing was sent.");
    }

    private WalletChain Chain => new(chain.Id.Value, chain.Id == ChainId.Development ? "OpenLedger practice chain" : "OpenLedger", configuration["Studio:Chain:WalletRpc"] ?? "/rpc");
}
