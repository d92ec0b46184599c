using System.Diagnostics;
using System.Text.Json;
using OpenLedger.Contracts.Development;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Development;

/// <summary>The development chain's life: state kept, a killed node brought back, a node left behind taken over, a torn file mended.</summary>
public sealed class DevelopmentChainTests : IAsyncLifetime
{
    private static readonly Address _rich = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly HttpClient _http = new();
    private readonly List<DevelopmentChain> _chains = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-anvil-").FullName;

    private DevelopmentChain New()
    {
        DevelopmentChain chain = new(LocalChain.OptionsFor(_folder), _http, TimeProvider.System);
        _chains.Add(chain);
        return chain;
    }

    private async Task<Wei> BalanceAsync(DevelopmentChain chain) =>
        new(new Nethereum.Hex.HexTypes.HexBigInteger(await new SafeRpcClient(_http, chain.Rpc!).AskAsync<string>("eth_getBalance", _cancel, _rich.Key, "latest")).Value);

    private int PidOfNote()
    {
        using JsonDocument note = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "anvil.json")));
        return note.RootElement.GetProperty("Pid").GetInt32();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "it did not come about in 30 s");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task State_is_there_again_after_a_stop()
    {
        DevelopmentChain first = New();
        await first.StartAsync(_cancel);
        await first.SetBalanceAsync(_rich, Wei.FromOpen(7), _cancel);
        await first.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(_folder, "anvil.json")));
        DevelopmentChain second = New();
        await second.StartAsync(_cancel);
        Assert.Equal(Wei.FromOpen(7), await BalanceAsync(second));
    }

    [Fact]
    public async Task It_has_no_accounts_that_the_world_knows_and_our_chain_id()
    {
        DevelopmentChain chain = New();
        await chain.StartAsync(_cancel);
        SafeRpcClient rpc = new(_http, chain.Rpc!);
        Assert.Empty(await rpc.AskAsync<string[]>("eth_accounts", _cancel));
        Assert.Equal("0x275b1", await rpc.AskAsync<string>("eth_chainId", _cancel));
        Assert.Equal("127.0.0.1", chain.Rpc!.Host);
    }

    [Fact]
    public async Task A_node_that_is_killed_comes_back_at_the_same_place()
    {
        DevelopmentChain chain = New();
        await chain.StartAsync(_cancel);
        Uri place = chain.Rpc!;
        using (Process anvil = Process.GetProcessById(PidOfNote())) anvil.Kill();
        await UntilAsync(() => Task.FromResult(chain.Restarts == 1));
        Assert.Equal(place, chain.Rpc);
        Assert.Equal("0x275b1", await new SafeRpcClient(_http, place).AskAsync<string>("eth_chainId", _cancel));
    }

    [Fact]
    public async Task A_node_left_behind_by_a_killed_app_is_taken_over_with_all_it_knows()
    {
        DevelopmentChain killed = New();
        await killed.StartAsync(_cancel);
        await killed.SetBalanceAsync(_rich, Wei.FromOpen(9), _cancel);
        int pid = PidOfNote();
        DevelopmentChain next = New();
        await next.StartAsync(_cancel);
        Assert.Equal((killed.Rpc, pid), (next.Rpc, PidOfNote()));
        Assert.Equal(Wei.FromOpen(9), await BalanceAsync(next));
        await killed.DisposeAsync();
        await next.DisposeAsync();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact]
    public async Task A_torn_state_gives_way_to_the_last_whole_one()
    {
        DevelopmentChain first = New();
        await first.StartAsync(_cancel);
        await first.SetBalanceAsync(_rich, Wei.FromOpen(3), _cancel);
        await first.DisposeAsync();
        string state = Path.Combine(_folder, "state.json");
        string whole = await File.ReadAllTextAsync(state, _cancel);
        await File.WriteAllTextAsync(state, whole[..(whole.Length / 2)], _cancel);
        DevelopmentChain second = New();
        await second.StartAsync(_cancel);
        Assert.Equal(Wei.FromOpen(3), await BalanceAsync(second));
        Assert.True(File.Exists(state + ".torn"));
    }

    [Fact]
    public void A_missing_anvil_says_what_to_do()
    {
        FileNotFoundException nowhere = Assert.Throws<FileNotFoundException>(() => AnvilBinary.Find(null, _folder));
        Assert.Contains("npm ci", nowhere.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => AnvilBinary.Find(Path.Combine(_folder, "none"), _folder));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (DevelopmentChain chain in _chains) await chain.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
