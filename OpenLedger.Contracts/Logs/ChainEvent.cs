using Nethereum.Contracts;
using Nethereum.RPC.Eth.DTOs;
using OpenLedger.Contracts.Bindings.CallDeposits;
using OpenLedger.Contracts.Bindings.RewardDistributor;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Logs;

/// <summary>Something that happened to money on the chain.</summary>
/// <param name="Id">Idempotency key: the same event read twice has the same.</param>
public abstract record ChainEvent(string Id, long Block, TxHash Transaction)
{
    /// <summary>Reads a log of our deposits or distributor; null for one that the books do not follow.</summary>
    public static ChainEvent? Read(ContractLog log)
    {
        FilterLog raw = new() { Address = log.Address.Key, Data = log.Data, Topics = [.. log.Topics.Select(topic => (object)topic.Key)] };
        if (raw.IsLogForEvent<DepositedEvent>())
        {
            DepositedEvent deposit = raw.DecodeEvent<DepositedEvent>().Event;
            return new DepositReceived(log.Id, log.BlockNumber, log.Transaction, Address.Parse(deposit.Account), Address.Parse(deposit.Payer), new Wei(deposit.Amount));
        }
        if (raw.IsLogForEvent<ClaimedEvent>())
        {
            ClaimedEvent claim = raw.DecodeEvent<ClaimedEvent>().Event;
            return new RewardClaimed(log.Id, log.BlockNumber, log.Transaction, Address.Parse(claim.Account), new Wei(claim.Amount), new Wei(claim.Cumulative), (long)claim.Number);
        }
        return null;
    }
}

/// <summary>Native OPEN was deposited for an account's calls.</summary>
public sealed record DepositReceived(string Id, long Block, TxHash Transaction, Address Account, Address Payer, Wei Amount) : ChainEvent(Id, Block, Transaction);

/// <summary>An account was paid.</summary>
/// <param name="Cumulative">All it was ever paid, this included.</param>
/// <param name="Root">Number of the payout root it was held against.</param>
public sealed record RewardClaimed(string Id, long Block, TxHash Transaction, Address Account, Wei Amount, Wei Cumulative, long Root) : ChainEvent(Id, Block, Transaction);

/// <summary>Events of one step of reading; see <see cref="LogPage"/>.</summary>
public sealed record ChainEventPage(IReadOnlyList<ChainEvent> Events, LogCursor Next, long? RolledBackTo, bool CaughtUp);
