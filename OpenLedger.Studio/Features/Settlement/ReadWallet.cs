using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Asks the chain what a wallet holds. Changes nothing.</summary>
public sealed class ReadWallet(IChain chain)
{
    /// <returns>Nothing while the chain does not answer.</returns>
    public async Task<Wei?> BalanceAsync(Address account, CancellationToken cancel)
    {
        try
        {
            return await chain.BalanceOfAsync(account, cancel);
        }
        catch (RpcTransportException)
        {
            return null;
        }
    }
}
