using OpenLedger.Contracts;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Waits until the chain has a claim or deposit that a wallet sent, then reads it into the books. Believes the chain, not the wallet.</summary>
public sealed class AwaitTransaction(IChain chain, FollowChain follow, TimeProvider time)
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <param name="hash">What the wallet says it sent.</param>
    /// <param name="cancel">Leaves the page.</param>
    public async Task<TransactionFate> WaitAsync(string? hash, CancellationToken cancel)
    {
        if (!TxHash.TryParse(hash, out TxHash sent)) return TransactionFate.Unknown;
        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < _longest)
        {
            switch ((await chain.OutcomeOfAsync(sent, cancel)).State)
            {
                case TransactionState.Succeeded:
                    await follow.CatchUpAsync(cancel);
                    return TransactionFate.Booked;
                case TransactionState.Reverted: return TransactionFate.Refused;
                case TransactionState.Unknown or TransactionState.Pending: break;
            }

            await Task.Delay(_lookEvery, time, cancel);
        }

        return TransactionFate.Unknown;
    }
}

/// <summary>What became of a transaction that a wallet sent.</summary>
public enum TransactionFate
{
    Booked,

    /// <summary>Mined, and the contract refused it: nothing moved but the network's fee.</summary>
    Refused,

    /// <summary>Not mined yet. The books take it in when it is.</summary>
    Unknown,
}
