namespace OpenLedger.Journeys;

/// <summary>A Studio in which the loop is played once, by people whose wallets are known before; whoever tests what comes after it shares it.</summary>
public sealed class LoopFixture : StudioFixture
{
    private readonly Lazy<Task<LoopStory>> _played;
    private readonly Lazy<Task<LoopScenery>> _dressed;
    private readonly Lazy<Task<Cast>> _cast;

    public LoopFixture()
    {
        _cast = new(() => Cast.ArriveAsync(this));
        _played = new(async () => await TellAsync(new Loop(await _cast.Value).PlayAsync));
        _dressed = new(async () =>
        {
            LoopStory story = await _played.Value;
            Cast cast = await _cast.Value;
            return await TellAsync(() => LoopScenery.BuildAsync(cast, story));
        });
    }

    /// <summary>Named by configuration, so that it does not matter who signs in first; the guests' answers of all tests together are paid for.</summary>
    protected override IReadOnlyList<string> Settings => [$"--Studio:Admins={TestKey.Admin.Address}", "--Studio:Settlement:GuestAllowance=50", "--Studio:Settlement:LookEvery=1.00:00:00"];

    // First of all, while nobody else is at the door.
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await _cast.Value;
    }

    public Task<Cast> CastAsync() => _cast.Value;

    /// <summary>What came of the loop; played by whoever asks first.</summary>
    public Task<LoopStory> PlayedAsync() => _played.Value;

    /// <summary>The loop, and beside it what else can stand on a page.</summary>
    public Task<LoopScenery> DressedAsync() => _dressed.Value;

    // A timeout says which button was not there; what stood there instead is on the pictures, and why in the log.
    private async Task<T> TellAsync<T>(Func<Task<T>> play)
    {
        try
        {
            return await play();
        }
        catch (Exception failed)
        {
            Cast cast = await _cast.Value;
            for (int i = 0; i < cast.All.Count; i++) await cast.All[i].PictureAsync($"failed-{i}");
            throw new InvalidOperationException($"The loop stopped; .screens/failed-*.png shows where. The Studio's log:\n{Studio.Log}", failed);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_cast.IsValueCreated && _cast.Value.IsCompletedSuccessfully) await (await _cast.Value).DisposeAsync();
        await base.DisposeAsync();
    }
}

/// <summary>The tests that share the Studio of the loop.</summary>
[CollectionDefinition(Name)]
public sealed class AfterTheLoop : ICollectionFixture<LoopFixture>
{
    public const string Name = "After the loop";
}
