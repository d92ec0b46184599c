using System.Collections.Concurrent;
using System.Globalization;
using OpenLedger.Engine.Hub;

namespace OpenLedger.Engine.Tests.Hub;

/// <summary>A hub with one small model, a client, a clock and a folder to download into.</summary>
internal sealed class HubWorld : IAsyncDisposable
{
    public const string Name = "someone/tiny-llama";
    public const string Weights = "model.safetensors";

    private readonly string _root = Directory.CreateTempSubdirectory("openledger-hub-").FullName;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    private HubWorld()
    {
        Served = Directory.CreateDirectory(Path.Combine(_root, "hub")).FullName;
        Into = Path.Combine(_root, "here");
        foreach (string file in new[] { "config.json", Weights }) File.Copy(Fixture.Path($"families/llama/{file}"), Path.Combine(Served, file));
        File.Copy(Fixture.Path("tokenizers/llama2_legacy/tokenizer.json"), Path.Combine(Served, "tokenizer.json"));
        File.WriteAllText(Path.Combine(Served, "README.md"), "what nobody needs to run it");
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the hub has.</summary>
    public string Served { get; }

    /// <summary>Where downloads go.</summary>
    public string Into { get; }

    public HubTime Time { get; } = new();

    public HubStandIn Hub { get; private set; } = null!;

    public HubOptions Options { get; private set; } = new();

    public ConcurrentQueue<HubProgress> Progress { get; } = new();

    public long Size => new FileInfo(Path.Combine(Served, Weights)).Length;

    /// <param name="arrange">Changes what the hub has before it opens.</param>
    public static async Task<HubWorld> StartAsync(Action<string>? arrange = null)
    {
        HubWorld world = new();
        arrange?.Invoke(world.Served);
        world.Hub = await HubStandIn.StartAsync(Name, world.Served);
        world.Options = new HubOptions { Address = world.Hub.Address, ReserveBytes = 0 };
        return world;
    }

    public HubClient Client(HubOptions? options = null) => new(_http, options ?? Options, Time);

    public Task<HubPlan> PlanAsync(string? token = null, string? gguf = null, string? name = null) =>
        Client().PlanAsync(HubRepository.TryParse(name ?? Name, Options.Address)!, gguf, token, Cancel);

    public async Task DownloadAsync(string? token = null, HubOptions? options = null, CancellationToken? cancel = null) =>
        await Client(options).DownloadAsync(await PlanAsync(token), Into, token, new Heard(Progress), cancel ?? Cancel);

    public Task<HubException> RefusedAsync(Func<Task> act) => Assert.ThrowsAsync<HubException>(act);

    /// <summary>That every file of the plan is here as the hub has it, and nothing besides.</summary>
    public void AssertWhole()
    {
        Assert.Equal(["config.json", Weights, "tokenizer.json"], Directory.GetFiles(Into).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(Into), path => Assert.Equal(File.ReadAllBytes(Path.Combine(Served, Path.GetFileName(path))), File.ReadAllBytes(path)));
    }

    /// <summary>The ranges that were asked of the weights, in order; null for all of it.</summary>
    public IEnumerable<string?> Ranges() => Hub.Calls.Where(call => call.Path == $"/cdn/{Weights}").Select(call => call.Range);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Hub.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Sends so many bytes of the weights and drops the connection once they are on this side.</summary>
    public HubMisdeed CutAfter(long bytes) => new HubMisdeed.Cut(bytes, () => Arrived(bytes));

    /// <summary>Waits until so many bytes of the weights have arrived in the request that runs.</summary>
    public void Arrived(long bytes)
    {
        long from = long.Parse(Ranges().Last()?["bytes=".Length..^1] ?? "0", CultureInfo.InvariantCulture);
        long small = new[] { "config.json", "tokenizer.json" }.Sum(file => new FileInfo(Path.Combine(Served, file)).Length);
        if (!SpinWait.SpinUntil(() => Progress.LastOrDefault()?.Bytes >= small + from + bytes, TimeSpan.FromMinutes(1))) throw new TimeoutException("the bytes never arrived");
    }

    private sealed class Heard(ConcurrentQueue<HubProgress> heard) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => heard.Enqueue(value);
    }
}
