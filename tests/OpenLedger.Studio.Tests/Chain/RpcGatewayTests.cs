using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Chain;

/// <summary>What strangers can and cannot do to the development chain through its door.</summary>
public sealed class RpcGatewayTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChainHost _host = fixture.Host;
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private async Task<JsonNode> AskAsync(string body) => await _host.Get<RpcGateway>().AnswerAsync(Encoding.UTF8.GetBytes(body), _cancel);

    private static string Call(string method, string parameters = "[]") => $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{parameters}}}""";

    private static string? Message(JsonNode answer) => (string?)answer["error"]?["message"];

    [Fact]
    public async Task Reading_is_answered_with_the_callers_id()
    {
        JsonNode answer = await AskAsync(Call("eth_chainId"));
        Assert.Equal("0x275b1", (string?)answer["result"]);
        Assert.Equal(7, (int)answer["id"]!);
        Assert.Equal("abc", (string?)(await AskAsync("""{"jsonrpc":"2.0","id":"abc","method":"net_version"}"""))["id"]);
        Assert.Empty((await AskAsync(Call("eth_accounts")))["result"]!.AsArray());
    }

    [Theory]
    [InlineData("anvil_setBalance", """["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","0xffff"]""")]
    [InlineData("anvil_impersonateAccount", """["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]""")]
    [InlineData("hardhat_setCode", "[]")]
    [InlineData("evm_revert", """["0x0"]""")]
    [InlineData("evm_mine", "[]")]
    [InlineData("eth_sendTransaction", """[{"from":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed","to":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"}]""")]
    [InlineData("eth_sendUnsignedTransaction", "[{}]")]
    [InlineData("eth_sign", "[]")]
    [InlineData("personal_sign", "[]")]
    [InlineData("debug_traceTransaction", "[]")]
    [InlineData("trace_block", "[]")]
    [InlineData("txpool_content", "[]")]
    [InlineData("eth_newFilter", "[{}]")]
    [InlineData("ETH_CHAINID", "[]")]
    public async Task Nothing_else_of_the_node_is_served(string method, string parameters) =>
        Assert.Equal(-32601, (int)(await AskAsync(Call(method, parameters)))["error"]!["code"]!);

    [Theory]
    [InlineData("""["0x7ef87da0"]""", "0x7e")]
    [InlineData("""["0x02c0"]""", "canonical")]
    [InlineData("[]", "one raw transaction")]
    [InlineData("[5]", "one raw transaction")]
    [InlineData("""["0x02c0","0x02c0"]""", "one raw transaction")]
    public async Task A_raw_transaction_that_is_none_does_not_reach_the_node(string parameters, string reason) =>
        Assert.Contains(reason, Message(await AskAsync(Call("eth_sendRawTransaction", parameters))), StringComparison.Ordinal);

    [Fact]
    public async Task A_call_cannot_rewrite_the_state_it_sees() =>
        Assert.Equal(-32602, (int)(await AskAsync(Call("eth_call", """[{"to":"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},"latest",{}]""")))["error"]!["code"]!);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"method":5}""")]
    [InlineData("""{"method":"eth_chainId","method":"anvil_mine"}""")]
    [InlineData("""{"method":"eth_call","params":{"to":"0x"}}""")]
    [InlineData("""{"id":{},"method":"eth_call","params":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""")]
    public async Task What_is_no_call_is_an_error_and_not_a_fault(string body) => Assert.NotNull((await AskAsync(body))["error"]);

    [Fact]
    public async Task A_batch_is_answered_in_order_and_bounded()
    {
        JsonArray answers = (await AskAsync($"[{Call("eth_chainId")},{Call("evm_mine")},5]")).AsArray();
        Assert.Equal("0x275b1", (string?)answers[0]!["result"]);
        Assert.NotNull(answers[1]!["error"]);
        Assert.NotNull(answers[2]!["error"]);
        Assert.NotNull((await AskAsync($"[{string.Join(',', Enumerable.Repeat(Call("eth_chainId"), RpcGateway.MaxBatch + 1))}]"))["error"]);
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.String[0, 80].Sample(text => Assert.NotNull(_host.Get<RpcGateway>().AnswerAsync(Encoding.UTF8.GetBytes(text), default).GetAwaiter().GetResult()), iter: 2000);

    [Fact]
    public async Task A_nodes_refusal_comes_through_with_its_data()
    {
        string claim = _host.Chain.BuildClaim(_host.Chain.Operator, Wei.OneOpen, []).Data;
        JsonNode answer = await AskAsync(Call("eth_call", $$"""[{"to":"{{_host.Chain.Contracts.RewardDistributor}}","data":"{{claim}}"},"latest"]"""));
        Assert.StartsWith("0x", (string?)answer["error"]!["data"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wallet_from_another_page_sends_through_the_door()
    {
        OperatorKey key = OperatorKey.Generate();
        await _host.Get<FundWallet>().OnceAsync(key.Address, _cancel);
        await _host.UntilAsync($"gift/{key.Address.Key}", OutboxState.Done);
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("Origin", "chrome-extension://wallet");
        SafeRpcClient door = new(http, new Uri(_host.Url, "/rpc"));
        using TransactionSender wallet = new(door, key, ChainId.Development, new FeePolicy());
        Address receiver = OperatorKey.Generate().Address;
        await wallet.SendAsync(new OutgoingCall(receiver, "0x", Wei.OneOpen), (_, _) => Task.CompletedTask, _cancel);
        for (int i = 0; i < 200 && (await _host.Chain.BalanceOfAsync(receiver, _cancel)).IsZero; i++) await Task.Delay(10, _cancel);
        Assert.Equal(Wei.OneOpen, await _host.Chain.BalanceOfAsync(receiver, _cancel));
    }

    [Fact]
    public async Task Too_much_is_refused_whether_it_says_how_much_or_not()
    {
        using HttpClient http = new();
        using ByteArrayContent known = new(new byte[RpcGateway.MaxBodyBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync(new Uri(_host.Url, "/rpc"), known, _cancel)).StatusCode);
        using HttpRequestMessage chunked = new(HttpMethod.Post, new Uri(_host.Url, "/rpc")) { Content = new ByteArrayContent(new byte[RpcGateway.MaxBodyBytes + 1]) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.SendAsync(chunked, _cancel)).StatusCode);
    }
}
