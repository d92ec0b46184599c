using System.Net;
using System.Net.Sockets;
using Nethereum.Hex.HexTypes;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Development;

/// <summary>A local L2 for one machine: starts anvil on the loopback address, keeps it running and its state, and stops it. Knows nothing of contracts.</summary>
/// <remarks>Anvil serves <c>anvil_*</c> and mints for anyone who can reach it: it listens on 127.0.0.1 alone, and strangers reach it through a gateway that lets little through.</remarks>
public sealed class DevelopmentChain(DevelopmentChainOptions options, HttpClient http, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan _pollEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _watchEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(10);

    private readonly StateFile _state = new(Path.Combine(options.Folder, "state.json"));
    private readonly string _note = Path.Combine(options.Folder, "anvil.json");
    private readonly CancellationTokenSource _stopping = new();
    private AnvilProcess? _anvil;
    private Task _watch = Task.CompletedTask;

    /// <summary>Where the node listens; null before the start.</summary>
    public Uri? Rpc { get; private set; }

    /// <summary>How often it had to be started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Starts the node, or takes over the one that a killed app left running.</summary>
    /// <exception cref="RpcTransportException">It does not answer.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Folder);
        _anvil = await TakeOverAsync(cancel) ?? await LaunchAsync(options.Port != 0 ? options.Port : FreePort(), cancel);
        Rpc = UrlOf(_anvil.Port);
        _watch = WatchAsync(_stopping.Token);
    }

    /// <summary>Gives an account native OPEN out of nothing: what makes this chain a development chain.</summary>
    public async Task SetBalanceAsync(Address account, Wei balance, CancellationToken cancel) =>
        await Client(Rpc ?? throw new InvalidOperationException("the chain is not started")).AskAsync<object?>("anvil_setBalance", cancel, account.Key, new HexBigInteger(balance.Amount).HexValue);

    /// <summary>Stops the node after it has written its state.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _watch;
        if (_anvil is not null)
        {
            await _anvil.StopAsync(_stopPatience);
            _anvil.Dispose();
            File.Delete(_note);
            _state.KeepCopy();
        }
        _stopping.Dispose();
    }

    private async Task<AnvilProcess?> TakeOverAsync(CancellationToken cancel)
    {
        AnvilProcess? left = AnvilProcess.Find(_note);
        if (left is null) return null;
        if (await AnswersAsync(left.Port, cancel)) return left;
        await left.StopAsync(_stopPatience);
        left.Dispose();
        return null;
    }

    private async Task<AnvilProcess> LaunchAsync(int port, CancellationToken cancel)
    {
        _state.Mend();
        AnvilProcess anvil = AnvilProcess.Start(options.Anvil, Arguments(port), port, _note);
        long started = time.GetTimestamp();
        while (!await AnswersAsync(port, cancel))
        {
            if (anvil.HasExited || time.GetElapsedTime(started) > options.StartPatience)
            {
                await anvil.StopAsync(TimeSpan.Zero);
                anvil.Dispose();
                throw new RpcTransportException("eth_chainId", $"anvil on port {port} {(anvil.HasExited ? "ended at once: is the port taken?" : "does not answer")}");
            }
            await Task.Delay(_pollEvery, time, cancel);
        }
        return anvil;
    }

    // --prune-history: without it old states go to the home folder, a file each, without end. --accounts 0: no keys that the world knows.
    private string[] Arguments(int port) =>
    [
        "--host", "127.0.0.1", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--network", "optimism", "--chain-id", options.Id.ToString(),
        "--state", _state.Path, "--state-interval", "2", "--prune-history", "10", "--accounts", "0", "--quiet",
    ];

    private async Task WatchAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await WaitForTroubleAsync(cancel);
                await RestartAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;   // stopping
        }
    }

    private async Task WaitForTroubleAsync(CancellationToken cancel)
    {
        Task exit = _anvil!.WaitForExitAsync(cancel);
        while (await Task.WhenAny(exit, Task.Delay(_watchEvery, time, cancel)) != exit)
        {
            cancel.ThrowIfCancellationRequested();
            _state.KeepCopy();
            if (_anvil.MemoryBytes <= options.MaxMemoryBytes) continue;
            await _anvil.StopAsync(_stopPatience);
            return;
        }
        await exit;
    }

    // The port stays, so that nobody has to be told. A start that fails is tried again: the page shows the chain as down meanwhile.
    private async Task RestartAsync(CancellationToken cancel)
    {
        int port = _anvil!.Port;
        for (int wait = 1; ; wait = Math.Min(wait * 2, 30))
        {
            try
            {
                AnvilProcess fresh = await LaunchAsync(port, cancel);
                _anvil.Dispose();
                _anvil = fresh;
                Restarts++;
                return;
            }
            catch (RpcTransportException)
            {
                await Task.Delay(TimeSpan.FromSeconds(wait), time, cancel);
            }
        }
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        try
        {
            return await Client(UrlOf(port)).AskAsync<string>("eth_chainId", cancel) == options.Id.Hex;
        }
        catch (RpcTransportException)
        {
            return false;
        }
    }

    private SafeRpcClient Client(Uri url) => new(http, url, new RpcLimits { Timeout = TimeSpan.FromSeconds(5) });

    private static Uri UrlOf(int port) => new($"http://127.0.0.1:{port}/");

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
