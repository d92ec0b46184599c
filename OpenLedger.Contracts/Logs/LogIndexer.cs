using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Logs;

/// <summary>Reads our contracts' logs in order, a window of blocks at a time, and notices when blocks it has read are replaced. Knows nothing of what logs mean.</summary>
/// <param name="confirmations">Blocks that must stand above one before it is read.</param>
/// <param name="window">Blocks in one question.</param>
public sealed class LogIndexer(SafeRpcClient rpc, IReadOnlyList<Address> contracts, long firstBlock = 0, int confirmations = 0, int window = 2000)
{
    private readonly Web3 _web3 = new(rpc);
    private readonly HashSet<string> _ours = [.. contracts.Select(contract => contract.Key)];

    /// <summary>Reads the next window after <paramref name="cursor"/>. Pure: the same cursor asked twice gives the same logs while the chain stands.</summary>
    public async Task<LogPage> ReadAsync(LogCursor cursor, CancellationToken cancel)
    {
        using IDisposable until = rpc.Until(cancel);
        (LogCursor standing, long? rolledBackTo) = await FindStandingAsync(cursor);
        long from = standing.Marks is [BlockMark last, ..] ? last.Number + 1 : firstBlock;
        long head = (long)(await _web3.Eth.Blocks.GetBlockNumber.SendRequestAsync()).Value - confirmations;
        if (head < from) return new LogPage([], standing, rolledBackTo, CaughtUp: true);
        long to = Math.Min(head, from + window - 1);
        // The hash is asked before and after: if blocks were replaced in between, the logs may be of either.
        Hash32? before = await HashOfAsync(to);
        FilterLog[] logs = await _web3.Eth.Filters.GetLogs.SendRequestAsync(Filter(from, to)) ?? [];
        if (before is not Hash32 hash || await HashOfAsync(to) != hash) return new LogPage([], standing, rolledBackTo, CaughtUp: false);
        return new LogPage([.. logs.Where(IsOurs).Select(Read).OrderBy(log => log.BlockNumber).ThenBy(log => log.Index)], standing.Advance(new BlockMark(to, hash)), rolledBackTo, to == head);
    }

    private async Task<(LogCursor Standing, long? RolledBackTo)> FindStandingAsync(LogCursor cursor)
    {
        for (int i = 0; i < cursor.Marks.Count; i++)
        {
            if (await HashOfAsync(cursor.Marks[i].Number) != cursor.Marks[i].Hash) continue;
            return i == 0 ? (cursor, null) : (new LogCursor([.. cursor.Marks.Skip(i)]), cursor.Marks[i].Number);
        }
        return (LogCursor.Start, cursor.Marks.Count == 0 ? null : firstBlock - 1);
    }

    private async Task<Hash32?> HashOfAsync(long number) =>
        (await _web3.Eth.Blocks.GetBlockWithTransactionsHashesByNumber.SendRequestAsync(new BlockParameter((ulong)number)))?.BlockHash is string hash ? Hash32.Parse(hash) : null;

    private NewFilterInput Filter(long from, long to) => new()
    {
        Address = [.. _ours],
        FromBlock = new BlockParameter(new HexBigInteger(from)),
        ToBlock = new BlockParameter(new HexBigInteger(to)),
    };

    // The node was asked for these alone; decoding ignores the address, so it is held to here, too.
    private bool IsOurs(FilterLog log) => !log.Removed && log.BlockHash is not null && Values.Address.TryParse(log.Address, out Address address) && _ours.Contains(address.Key);

    private static ContractLog Read(FilterLog log) => new(
        Values.Address.Parse(log.Address), (long)log.BlockNumber.Value, Hash32.Parse(log.BlockHash), TxHash.Parse(log.TransactionHash), (int)log.LogIndex.Value,
        [.. log.Topics.Select(topic => Hash32.Parse(topic.ToString()!))], log.Data);
}
