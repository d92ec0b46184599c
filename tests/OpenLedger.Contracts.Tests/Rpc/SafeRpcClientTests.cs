using System.Net;
using Nethereum.JsonRpc.Client;
using Nethereum.Web3;
using Newtonsoft.Json.Linq;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Tests.Outside;

namespace OpenLedger.Contracts.Tests.Rpc;

/// <summary>What Nethereum's own transport lets through or turns into something else, held here.</summary>
public sealed class SafeRpcClientTests
{
    private static readonly Uri _url = new("http://127.0.0.1:1/");

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    private static SafeRpcClient Over(HttpMessageHandler node, RpcLimits? limits = null) => new(new HttpClient(node), _url, limits);

    [Fact]
    public async Task An_answer_comes_through()
    {
        SafeRpcClient client = Over(ScriptedNode.Results((method, _) => method == "eth_blockNumber" ? "0x2a" : null));
        Assert.Equal(42, (await new Web3(client).Eth.Blocks.GetBlockNumber.SendRequestAsync()).Value);
        Assert.Null(await client.AskAsync<JObject>("eth_getTransactionReceipt", _cancel, "0x00"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":987654,\"result\":\"0x1\"}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"result\":\"0x1\"}")]
    public async Task What_is_no_answer_to_the_question_is_a_transport_fault(string body) =>
        await Assert.ThrowsAsync<RpcTransportException>(() => Over(ScriptedNode.Raw(_ => body)).AskAsync<string>("eth_chainId", _cancel));

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task A_web_servers_error_is_a_transport_fault(HttpStatusCode status)
    {
        RpcTransportException fault = await Assert.ThrowsAsync<RpcTransportException>(() => Over(ScriptedNode.Raw(_ => "busy", status)).AskAsync<string>("eth_chainId", _cancel));
        Assert.Contains(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nodes_error_keeps_its_code_words_and_data()
    {
        SafeRpcClient client = Over(ScriptedNode.Raw(request => new JObject { ["jsonrpc"] = "2.0", ["id"] = request["id"], ["error"] = new JObject { ["code"] = 3, ["message"] = "execution reverted", ["data"] = "0x1234" } }.ToString(), HttpStatusCode.BadRequest));
        RpcResponseException error = await Assert.ThrowsAsync<RpcResponseException>(() => client.AskAsync<string>("eth_call", _cancel));
        Assert.Equal((3, "0x1234"), (error.RpcError.Code, error.RpcError.Data.ToString()));
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        SafeRpcClient client = Over(new ScriptedNode((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) })), new RpcLimits { MaxBytes = 100_000 });
        RpcTransportException fault = await Assert.ThrowsAsync<RpcTransportException>(() => client.AskAsync<string>("eth_call", _cancel));
        Assert.Contains("100000 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_hangs_is_given_up()
    {
        SafeRpcClient client = Over(new ScriptedNode(HangAsync), new RpcLimits { Timeout = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsAsync<RpcTransportException>(() => client.AskAsync<string>("eth_call", _cancel));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go_through_Nethereums_tokenless_calls()
    {
        SafeRpcClient client = Over(new ScriptedNode(HangAsync));
        using CancellationTokenSource giveUp = new();
        using IDisposable until = client.Until(giveUp.Token);
        Task call = new Web3(client).Eth.Blocks.GetBlockNumber.SendRequestAsync();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Tokens_of_two_flows_do_not_mix()
    {
        SafeRpcClient client = Over(ScriptedNode.Results((_, _) => "0x1"));
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        Task<string> dead = Task.Run(() => client.AskAsync<string>("eth_chainId", cancelled.Token), _cancel);
        Assert.Equal("0x1", await client.AskAsync<string>("eth_chainId", _cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dead);
    }

    private static async Task<HttpResponseMessage> HangAsync(JObject request, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return new HttpResponseMessage();
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) { buffer.AsSpan(offset, count).Fill((byte)' '); return count; }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
