using System.Collections.Concurrent;
using System.Text.Json;
using Nethereum.JsonRpc.Client;
using Newtonsoft.Json.Linq;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Transactions;

/// <summary>Sending: bytes as cast signs them, no nonce lost or used twice, nothing sent that was not kept first.</summary>
public sealed class TransactionSenderTests(LocalChain chain) : IClassFixture<LocalChain>
{
    private static readonly Address _receiver = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private static Task NothingKept(SignedTransaction signed, CancellationToken cancel) => Task.CompletedTask;

    private static OutgoingCall Transfer(long wei) => new(_receiver, "0x", new Wei(wei));

    [Theory]
    [InlineData("transfer, nonce 0", 17_500)]
    [InlineData("call", 75_000)]
    [InlineData("large nonce", 17_500)]
    [InlineData("long calldata", 750_000)]
    [InlineData("creation", 83_333)]
    public async Task Signed_bytes_are_those_of_cast(string name, int estimate)
    {
        JsonElement vectors = Repository.Vectors("raw-transactions.json");
        JsonElement vector = vectors.GetProperty("transactions").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        JsonElement decoded = vector.GetProperty("decoded");
        ScriptedNode node = ScriptedNode.Results((method, parameters) => method switch
        {
            "eth_estimateGas" => "0x" + estimate.ToString("x", null),
            "eth_getTransactionCount" => decoded.GetProperty("nonce").GetString(),
            "eth_getBlockByNumber" => new JObject { ["number"] = "0x1", ["hash"] = "0x" + new string('1', 64), ["baseFeePerGas"] = "0x3b9aca00", ["transactions"] = new JArray() },
            "eth_sendRawTransaction" => "0x" + new string('2', 64),
            _ => null,
        });
        OperatorKey key = OperatorKey.FromSecret(Convert.FromHexString(vectors.GetProperty("key").GetString().AsSpan(2)));
        using TransactionSender sender = new(new SafeRpcClient(new HttpClient(node), new Uri("http://127.0.0.1:1/")), key, ChainId.Development, new FeePolicy { Tip = 1_000_000_000 });
        string? to = decoded.GetProperty("to").GetString();
        System.Numerics.BigInteger value = new Nethereum.Hex.HexTypes.HexBigInteger(decoded.GetProperty("value").GetString()!).Value;
        SignedTransaction signed = await sender.SendAsync(new OutgoingCall(to is null ? null : Address.Parse(to), decoded.GetProperty("input").GetString()!, new Wei(value)), NothingKept, _cancel);
        Assert.Equal(vector.GetProperty("raw").GetString(), signed.Raw);
        Assert.Equal(vector.GetProperty("hash").GetString(), signed.Hash.Key);
        Assert.Equal(signed.Raw, (string?)node.Asked.Single(asked => (string?)asked["method"] == "eth_sendRawTransaction")["params"]![0]);
    }

    [Fact]
    public async Task Many_at_once_are_all_mined_without_a_gap()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        SignedTransaction[] sent = await Task.WhenAll(Enumerable.Range(1, 60).Select(i => wallet.SendAsync(Transfer(i), NothingKept, _cancel)));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), sent.Select(one => one.Nonce).Order());
        foreach (SignedTransaction one in sent) Assert.Equal(TransactionState.Succeeded, (await LocalChain.MinedAsync(wallet, one.Hash)).State);
    }

    [Fact]
    public async Task A_refusal_leaves_no_gap()
    {
        OperatorKey key = OperatorKey.Generate();
        await chain.Node.SetBalanceAsync(key.Address, Wei.OneOpen, _cancel);
        int count = 0;
        using FaultyNode faulty = new(method => method == "eth_sendRawTransaction" && Interlocked.Increment(ref count) % 5 == 0 ? FaultyNode.Fault.Refuse : FaultyNode.Fault.None);
        using TransactionSender wallet = new(new SafeRpcClient(new HttpClient(faulty), chain.Node.Rpc!), key, ChainId.Development, new FeePolicy());
        ConcurrentBag<SignedTransaction> sent = [];
        int refused = 0;
        await Task.WhenAll(Enumerable.Range(1, 40).Select(async i =>
        {
            try { sent.Add(await wallet.SendAsync(Transfer(i), NothingKept, _cancel)); }
            catch (TransactionRefusedException) { Interlocked.Increment(ref refused); }
        }));
        Assert.Equal((32, 8), (sent.Count, refused));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (long)i), sent.Select(one => one.Nonce).Order());
        foreach (SignedTransaction one in sent) Assert.Equal(TransactionState.Succeeded, (await LocalChain.MinedAsync(wallet, one.Hash)).State);
    }

    [Fact]
    public async Task It_is_kept_before_it_is_sent_and_counts_once_however_often_it_is_sent()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        Wei before = await chain.Chain.BalanceOfAsync(_receiver, _cancel);
        SignedTransaction? kept = null;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => wallet.SendAsync(Transfer(1000), async (signed, cancel) =>
        {
            kept = signed;
            Assert.Equal(TransactionState.Unknown, (await chain.Chain.OutcomeOfAsync(signed.Hash, cancel)).State);
            throw new InvalidTimeZoneException("the process dies here");
        }, _cancel));
        for (int i = 0; i < 3; i++) Assert.Equal(Broadcast.Accepted, await wallet.BroadcastAsync(kept!, _cancel));
        Assert.Equal(TransactionState.Succeeded, (await LocalChain.MinedAsync(wallet, kept!.Hash)).State);
        Assert.Equal(new Wei(1000), await chain.Chain.BalanceOfAsync(_receiver, _cancel) - before);
        await LocalChain.MineAsync(wallet, Transfer(1));
    }

    [Fact]
    public async Task An_answer_lost_on_the_way_is_found_again()
    {
        OperatorKey key = OperatorKey.Generate();
        await chain.Node.SetBalanceAsync(key.Address, Wei.OneOpen, _cancel);
        bool lose = true;
        using FaultyNode faulty = new(method => method == "eth_sendRawTransaction" && lose ? FaultyNode.Fault.LoseAnswer : FaultyNode.Fault.None);
        using TransactionSender wallet = new(new SafeRpcClient(new HttpClient(faulty), chain.Node.Rpc!), key, ChainId.Development, new FeePolicy());
        SignedTransaction? kept = null;
        await Assert.ThrowsAsync<RpcTransportException>(() => wallet.SendAsync(Transfer(5), (signed, _) => { kept = signed; return Task.CompletedTask; }, _cancel));
        lose = false;
        Assert.Equal(TransactionState.Succeeded, (await LocalChain.MinedAsync(wallet, kept!.Hash)).State);
        Assert.Equal(Broadcast.Accepted, await wallet.BroadcastAsync(kept, _cancel));
        Assert.Equal(1, (await wallet.SendAsync(Transfer(6), NothingKept, _cancel)).Nonce);
    }

    [Fact]
    public async Task A_nonce_that_another_process_used_is_seen_and_the_next_one_taken()
    {
        OperatorKey key = OperatorKey.Generate();
        await chain.Node.SetBalanceAsync(key.Address, Wei.OneOpen, _cancel);
        using TransactionSender one = new(chain.Rpc, key, ChainId.Development, new FeePolicy()), other = new(chain.Rpc, key, ChainId.Development, new FeePolicy());
        await one.SendAsync(Transfer(1), NothingKept, _cancel);
        await other.SendAsync(Transfer(2), NothingKept, _cancel);
        List<SignedTransaction> kept = [];
        SignedTransaction sent = await one.SendAsync(Transfer(3), (signed, _) => { kept.Add(signed); return Task.CompletedTask; }, _cancel);
        Assert.Equal([1, 2], kept.Select(signed => signed.Nonce));
        Assert.Equal(2, sent.Nonce);
        Assert.Equal(Broadcast.NonceTaken, await one.BroadcastAsync(kept[0], _cancel));
    }

    [Fact]
    public async Task A_waiting_transaction_is_replaced_and_one_of_the_two_is_mined()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        await chain.Rpc.AskAsync<object>("evm_setAutomine", _cancel, false);
        try
        {
            SignedTransaction waiting = await wallet.SendAsync(Transfer(1), NothingKept, _cancel);
            Assert.Equal(TransactionState.Pending, (await wallet.OutcomeOfAsync(waiting.Hash, _cancel)).State);
            SignedTransaction better = await wallet.ReplaceAsync(Transfer(2), waiting, NothingKept, _cancel);
            Assert.Equal(waiting.Nonce, better.Nonce);
            await chain.Rpc.AskAsync<object>("anvil_mine", _cancel, "0x1");
            Assert.Equal(TransactionState.Succeeded, (await LocalChain.MinedAsync(wallet, better.Hash)).State);
            Assert.Equal(TransactionState.Unknown, (await wallet.OutcomeOfAsync(waiting.Hash, _cancel)).State);
        }
        finally
        {
            await chain.Rpc.AskAsync<object>("evm_setAutomine", _cancel, true);
        }
    }

    [Fact]
    public async Task A_contracts_refusal_tells_its_facts_before_anything_is_signed()
    {
        ContractRefusedException refused = await Assert.ThrowsAsync<ContractRefusedException>(() =>
            chain.Chain.SendAsync(new SetPayoutRoot(99, Hash32.KeccakOf([1]), Wei.Zero, Hash32.Zero), (_, _) => throw new InvalidOperationException("it was signed"), _cancel));
        Assert.StartsWith("RootNotNext(expected: ", refused.Reason, StringComparison.Ordinal);
        Assert.EndsWith("given: 99)", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_without_a_status_is_no_success()
    {
        string hash = "0x" + new string('a', 64);
        ScriptedNode node = ScriptedNode.Results((_, _) => new JObject { ["transactionHash"] = hash, ["blockNumber"] = "0x5", ["blockHash"] = "0x" + new string('b', 64), ["logs"] = new JArray() });
        using TransactionSender sender = new(new SafeRpcClient(new HttpClient(node), new Uri("http://127.0.0.1:1/")), OperatorKey.Generate(), ChainId.Development, new FeePolicy());
        Assert.Equal(TransactionState.Reverted, (await sender.OutcomeOfAsync(TxHash.Parse(hash), _cancel)).State);
    }

    [Fact]
    public async Task Our_fees_do_not_feed_on_themselves()
    {
        using TransactionSender wallet = await chain.WalletAsync();
        for (int i = 0; i < 30; i++) await LocalChain.MineAsync(wallet, Transfer(1));
        SignedTransaction last = await wallet.SendAsync(Transfer(1), NothingKept, _cancel);
        JObject sent = await chain.Rpc.AskAsync<JObject>("eth_getTransactionByHash", _cancel, last.Hash.Key);
        Assert.Equal(new FeePolicy().Tip, new Nethereum.Hex.HexTypes.HexBigInteger((string)sent["maxPriorityFeePerGas"]!).Value);
    }

    /// <summary>Stands before a real node and spoils some of its answers.</summary>
    private sealed class FaultyNode(Func<string, FaultyNode.Fault> faultOf) : DelegatingHandler(new SocketsHttpHandler())
    {
        public enum Fault { None, Refuse, LoseAnswer }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            JObject asked = JObject.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            Fault fault = faultOf((string)asked["method"]!);
            if (fault == Fault.Refuse) return ScriptedNode.Json(new JObject { ["jsonrpc"] = "2.0", ["id"] = asked["id"], ["error"] = new JObject { ["code"] = -32000, ["message"] = "txpool is full" } });
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            return fault == Fault.LoseAnswer ? throw new HttpRequestException("connection reset") : answer;
        }
    }
}
