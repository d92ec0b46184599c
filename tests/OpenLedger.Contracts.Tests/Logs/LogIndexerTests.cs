using Newtonsoft.Json.Linq;
using OpenLedger.Contracts.Logs;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Logs;

/// <summary>Reading logs: each once, in order, ours alone, and again when blocks are replaced.</summary>
public sealed class LogIndexerTests(LocalChain chain) : IClassFixture<LocalChain>
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private async Task<(List<ChainEvent> Events, LogCursor Cursor, long? RolledBackTo)> ReadAllAsync(LogCursor cursor)
    {
        List<ChainEvent> events = [];
        long? rolledBackTo = null;
        for (bool more = true; more;)
        {
            ChainEventPage page = await chain.Chain.EventsAsync(cursor, _cancel);
            events.AddRange(page.Events);
            (cursor, rolledBackTo, more) = (page.Next, rolledBackTo ?? page.RolledBackTo, !page.CaughtUp);
        }
        return (events, cursor, rolledBackTo);
    }

    private Task<TransactionOutcome> DepositAsync(TransactionSender wallet, long wei) =>
        LocalChain.MineAsync(wallet, LocalChain.CallOf(chain.Chain.BuildDeposit(wallet.Account, new Wei(wei))));

    [Fact]
    public async Task Deposits_are_read_once_and_in_order()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        (_, LogCursor cursor, _) = await ReadAllAsync(LogCursor.Start);
        for (int i = 1; i <= 5; i++) await DepositAsync(wallet, i);
        (List<ChainEvent> events, cursor, _) = await ReadAllAsync(cursor);
        Assert.Equal([1, 2, 3, 4, 5], events.Cast<DepositReceived>().Select(deposit => (int)deposit.Amount.Amount));
        Assert.All(events.Cast<DepositReceived>(), deposit => Assert.Equal((wallet.Account, wallet.Account), (deposit.Account, deposit.Payer)));
        Assert.Equal(5, events.Select(one => one.Id).Distinct().Count());
        Assert.Empty((await ReadAllAsync(cursor)).Events);
    }

    [Fact]
    public async Task Small_windows_find_what_large_ones_find()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        for (int i = 1; i <= 7; i++) await DepositAsync(wallet, i);
        (List<ChainEvent> all, _, _) = await ReadAllAsync(LogCursor.Start);
        LogIndexer narrow = new(chain.Rpc, [chain.Contracts.CallDeposits, chain.Contracts.RewardDistributor], window: 3);
        List<string> ids = [];
        LogCursor cursor = LogCursor.Start;
        for (LogPage page = await narrow.ReadAsync(cursor, _cancel); ; page = await narrow.ReadAsync(cursor, _cancel))
        {
            ids.AddRange(page.Logs.Select(ChainEvent.Read).OfType<ChainEvent>().Select(one => one.Id));
            cursor = page.Next;
            if (page.CaughtUp) break;
        }
        Assert.Equal(all.Select(one => one.Id), ids);
    }

    [Fact]
    public async Task Replaced_blocks_are_rolled_back_and_read_again()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        await DepositAsync(wallet, 100);
        (_, LogCursor cursor, _) = await ReadAllAsync(LogCursor.Start);
        long before = await chain.Chain.BlockNumberAsync(_cancel);
        string snapshot = await chain.Rpc.AskAsync<string>("evm_snapshot", _cancel);
        await DepositAsync(wallet, 200);
        (List<ChainEvent> lost, cursor, _) = await ReadAllAsync(cursor);
        await chain.Rpc.AskAsync<bool>("evm_revert", _cancel, snapshot);
        using TransactionSender again = await chain.WalletAsync();
        await DepositAsync(again, 300);
        await DepositAsync(again, 400);
        (List<ChainEvent> events, LogCursor after, long? rolledBackTo) = await ReadAllAsync(cursor);
        Assert.Equal(before, rolledBackTo);
        Assert.All(lost, one => Assert.True(one.Block > before));
        Assert.Equal([300, 400], events.Cast<DepositReceived>().Select(deposit => (int)deposit.Amount.Amount));
        Assert.Null((await ReadAllAsync(after)).RolledBackTo);
    }

    [Fact]
    public async Task A_chain_that_got_shorter_is_noticed_though_nothing_new_came()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        (_, LogCursor cursor, _) = await ReadAllAsync(LogCursor.Start);
        long before = await chain.Chain.BlockNumberAsync(_cancel);
        string snapshot = await chain.Rpc.AskAsync<string>("evm_snapshot", _cancel);
        await DepositAsync(wallet, 5);
        (_, cursor, _) = await ReadAllAsync(cursor);
        await chain.Rpc.AskAsync<bool>("evm_revert", _cancel, snapshot);
        (List<ChainEvent> events, LogCursor after, long? rolledBackTo) = await ReadAllAsync(cursor);
        Assert.Empty(events);
        Assert.Equal(before, rolledBackTo);
        Assert.Equal(before, after.Marks[0].Number);
    }

    [Fact]
    public async Task A_node_that_sends_another_contracts_logs_is_not_believed()
    {
        string block = "0x" + new string('1', 64), stranger = "0x" + new string('9', 40);
        JObject LogFrom(string address, int index) => new()
        {
            ["address"] = address,
            ["blockHash"] = block,
            ["blockNumber"] = "0x1",
            ["transactionHash"] = "0x" + new string('2', 64),
            ["transactionIndex"] = "0x0",
            ["logIndex"] = "0x" + index,
            ["data"] = "0x",
            ["topics"] = new JArray("0x" + new string('3', 64)),
            ["removed"] = false,
        };
        ScriptedNode node = ScriptedNode.Results((method, _) => method switch
        {
            "eth_blockNumber" => "0x1",
            "eth_getBlockByNumber" => new JObject { ["number"] = "0x1", ["hash"] = block, ["transactions"] = new JArray() },
            _ => new JArray(LogFrom(stranger, 0), LogFrom(chain.Contracts.CallDeposits.Key, 1)),
        });
        LogIndexer indexer = new(new SafeRpcClient(new HttpClient(node), new Uri("http://127.0.0.1:1/")), [chain.Contracts.CallDeposits]);
        ContractLog log = Assert.Single((await indexer.ReadAsync(LogCursor.Start, _cancel)).Logs);
        Assert.Equal((chain.Contracts.CallDeposits, 1), (log.Address, log.Index));
    }

    [Fact]
    public async Task Blocks_replaced_while_they_are_read_are_read_again()
    {
        int asked = 0;
        ScriptedNode node = ScriptedNode.Results((method, _) => method switch
        {
            "eth_blockNumber" => "0x1",
            "eth_getBlockByNumber" => new JObject { ["number"] = "0x1", ["hash"] = "0x" + new string((char)('1' + asked++), 64), ["transactions"] = new JArray() },
            _ => new JArray(),
        });
        LogIndexer indexer = new(new SafeRpcClient(new HttpClient(node), new Uri("http://127.0.0.1:1/")), [chain.Contracts.CallDeposits]);
        LogPage page = await indexer.ReadAsync(LogCursor.Start, _cancel);
        Assert.False(page.CaughtUp);
        Assert.Empty(page.Next.Marks);
    }
}
