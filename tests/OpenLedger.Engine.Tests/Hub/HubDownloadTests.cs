using OpenLedger.Engine.Hub;

namespace OpenLedger.Engine.Tests.Hub;

public class HubDownloadTests
{
    [Fact]
    public async Task All_files_arrive_as_the_hub_has_them_and_nothing_else_is_left()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        await world.DownloadAsync();
        world.AssertWhole();
        HubPlan plan = await world.PlanAsync();
        Assert.Equal((plan.Bytes, plan.Bytes), (world.Progress.Last().Bytes, world.Progress.Last().Of));
        Assert.Equal(world.Progress.Select(at => at.Bytes).Order(), world.Progress.Select(at => at.Bytes));
    }

    [Fact]
    public async Task A_cut_download_goes_on_where_it_was()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, world.CutAfter(100_000), world.CutAfter(50_000));
        await world.DownloadAsync();
        world.AssertWhole();
        Assert.Equal([null, "bytes=100000-", "bytes=150000-"], world.Ranges());
        Assert.Equal(2, world.Progress.Last().Cuts);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], world.Time.Pauses); // each brought something, so patience is new
    }

    [Fact]
    public async Task After_a_restart_another_client_goes_on_from_the_bytes_on_the_disk()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, world.CutAfter(120_000));
        await world.RefusedAsync(() => world.DownloadAsync(options: world.Options with { Tries = 1 }));
        Assert.True(File.Exists(Path.Combine(world.Into, HubWorld.Weights + ".part")));
        Assert.False(File.Exists(Path.Combine(world.Into, HubWorld.Weights)));
        await world.DownloadAsync();
        world.AssertWhole();
        Assert.Equal([null, "bytes=120000-"], world.Ranges());
    }

    [Fact]
    public async Task A_hub_that_pays_no_heed_to_the_range_is_read_from_the_start()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, world.CutAfter(100_000), new HubMisdeed.WholeInstead());
        await world.DownloadAsync();
        world.AssertWhole();
    }

    [Fact]
    public async Task A_file_that_changed_on_the_hub_while_it_came_is_not_sewn_together()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, world.CutAfter(100_000));
        await world.RefusedAsync(() => world.DownloadAsync(options: world.Options with { Tries = 1 }));
        byte[] other = File.ReadAllBytes(Path.Combine(world.Served, HubWorld.Weights));
        other[10] ^= 1;
        File.WriteAllBytes(Path.Combine(world.Served, HubWorld.Weights), other);
        await world.DownloadAsync();
        world.AssertWhole();
    }

    [Fact]
    public async Task Bytes_on_the_disk_that_rotted_between_two_tries_are_brought_again()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, world.CutAfter(100_000));
        await world.RefusedAsync(() => world.DownloadAsync(options: world.Options with { Tries = 1 }));
        string part = Path.Combine(world.Into, HubWorld.Weights + ".part");
        byte[] rotten = File.ReadAllBytes(part);
        rotten[0] ^= 1;
        File.WriteAllBytes(part, rotten);
        await world.DownloadAsync();
        world.AssertWhole();
        Assert.Equal([null, "bytes=100000-", null], world.Ranges());
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_by_name_and_nothing_of_the_file_is_kept()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, new HubMisdeed.Damage());
        HubException refusal = await world.RefusedAsync(() => world.DownloadAsync());
        Assert.Equal(HubFault.WrongContent, refusal.Fault);
        Assert.Contains("'model.safetensors' did not arrive as the hub announced it: its SHA-256 is", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(world.Into), path => path.Contains(HubWorld.Weights, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_small_file_is_checked_by_its_Git_hash()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        HubPlan plan = await world.PlanAsync();
        world.Hub.Misbehave("tokenizer.json", new HubMisdeed.Damage());
        HubException refusal = await world.RefusedAsync(() => world.Client().DownloadAsync(plan, world.Into, null, null, HubWorld.Cancel));
        Assert.Contains("'tokenizer.json' did not arrive as the hub announced it: its Git hash is", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_file_ends_at_its_announced_size()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, new HubMisdeed.Endless());
        HubException refusal = await world.RefusedAsync(() => world.DownloadAsync());
        Assert.Contains($"more of 'model.safetensors' than the {world.Size} bytes it announced", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(world.Into), path => path.Contains(HubWorld.Weights, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endless_list_is_not_read_to_its_end()
    {
        await using HubWorld world = await HubWorld.StartAsync(folder => File.WriteAllText(Path.Combine(folder, "config.json"), new string(' ', 100_000)));
        HubException refusal = await world.RefusedAsync(() => world.Client(world.Options with { MaxTextBytes = 50_000 }).PlanAsync(HubRepository.TryParse(HubWorld.Name, world.Hub.Address)!, null, null, HubWorld.Cancel));
        Assert.Contains("longer than 50000 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_falls_silent_counts_as_cut()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, new HubMisdeed.Silence(40_000, () => Stretches(world, 40_000, 2)));
        await world.DownloadAsync();
        world.AssertWhole();
        Assert.Equal([null, "bytes=40000-"], world.Ranges());
    }

    [Fact]
    public async Task One_that_only_drips_counts_as_cut_too_and_is_given_up_at_last()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave(HubWorld.Weights, [.. Enumerable.Repeat(new HubMisdeed.Silence(100, () => Stretches(world, 100, 1)), 3)]);
        HubException refusal = await world.RefusedAsync(() => world.DownloadAsync(options: world.Options with { Tries = 3 }));
        Assert.Equal(HubFault.Unreachable, refusal.Fault);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], world.Time.Pauses);
    }

    [Fact]
    public async Task A_busy_hub_is_asked_again_when_it_says()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave("", new HubMisdeed.Status(503));
        world.Hub.Misbehave(HubWorld.Weights, new HubMisdeed.Status(429, RetryAfter: "17"), new HubMisdeed.Status(500), new HubMisdeed.Status(429, RetryAfter: "Thu, 26 Nov 2026 08:00:09 GMT"));
        await world.DownloadAsync();
        world.AssertWhole();
        Assert.Equal([1, 17, 2, 9], world.Time.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Contains(world.Progress, at => at.Waiting == TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_hub_that_asks_for_an_hour_is_not_waited_for()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave("", new HubMisdeed.Status(429, RetryAfter: "3600"));
        Assert.Contains("asks to wait 60 minutes", (await world.RefusedAsync(() => world.PlanAsync())).Message, StringComparison.Ordinal);
        Assert.Empty(world.Time.Pauses);
    }

    [Fact]
    public async Task A_hub_that_always_fails_is_given_up_after_some_tries_each_later_than_the_last()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave("", [.. Enumerable.Repeat(new HubMisdeed.Status(502), 6)]);
        Assert.Equal(HubFault.Busy, (await world.RefusedAsync(() => world.PlanAsync())).Fault);
        Assert.Equal([1, 2, 4, 8, 16], world.Time.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData(401, "GatedRepo", HubFault.NeedsToken, "add a token of that account")]
    [InlineData(401, "RepoNotFound", HubFault.NeedsToken, "Check the spelling; if it is private or gated, add a token")]
    [InlineData(403, null, HubFault.NotGranted, "accept its terms or ask for access")]
    [InlineData(404, "RepoNotFound", HubFault.NotFound, "owner/name, as at the top of the model's page")]
    [InlineData(404, "RevisionNotFound", HubFault.NotFound, "not at this revision")]
    [InlineData(410, null, HubFault.Refused, "(410)")]
    public async Task Each_no_says_how_to_mend_it(int status, string? code, HubFault fault, string mend)
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Misbehave("", new HubMisdeed.Status(status, ErrorCode: code));
        HubException refusal = await world.RefusedAsync(() => world.PlanAsync());
        Assert.Equal(fault, refusal.Fault);
        Assert.Contains(mend, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(world.Time.Pauses);
    }

    [Fact]
    public async Task A_gated_model_comes_with_the_token_and_the_token_goes_to_the_hub_alone()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        world.Hub.Token = "hf_right";
        Assert.Equal(HubFault.NeedsToken, (await world.RefusedAsync(() => world.PlanAsync())).Fault);
        Assert.Contains("does not accept this token", (await world.RefusedAsync(() => world.PlanAsync("hf_wrong"))).Message, StringComparison.Ordinal);
        await world.DownloadAsync("hf_right");
        world.AssertWhole();
        Assert.All(world.Hub.Calls.Where(call => call.Path.StartsWith("/cdn/", StringComparison.Ordinal)), call => Assert.Null(call.Authorization));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_so()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        HubClient nobody = world.Client(world.Options with { Address = new Uri("http://127.0.0.1:1/"), Tries = 1 });
        Assert.Contains("127.0.0.1:1 cannot be reached from this machine", (await world.RefusedAsync(() => nobody.PlanAsync(HubRepository.TryParse("a/b", world.Options.Address)!, null, null, HubWorld.Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_the_disk_is_refused_before_a_byte_comes()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        HubPlan plan = await world.PlanAsync();
        HubPlan vast = plan with { Files = [.. plan.Files.Select(file => file == plan.Weights ? file with { Size = 1L << 37 } : file)] };
        HubOptions tight = world.Options with { ReserveBytes = DiskRoom.At(world.Served) - 1_000_000 };
        HubException refusal = await world.RefusedAsync(() => world.Client(tight).DownloadAsync(vast, world.Into, null, null, HubWorld.Cancel));
        Assert.Equal(HubFault.NoRoom, refusal.Fault);
        Assert.Contains("needs 137 GB on the disk", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(world.Into));
    }

    [Fact]
    public async Task A_cancelled_download_stops_at_once_and_keeps_its_bytes_for_the_next_try()
    {
        await using HubWorld world = await HubWorld.StartAsync();
        using CancellationTokenSource stop = new();
        world.Hub.Misbehave(HubWorld.Weights, new HubMisdeed.Silence(60_000, () => { world.Arrived(60_000); stop.Cancel(); }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.DownloadAsync(cancel: stop.Token));
        await world.DownloadAsync();
        world.AssertWhole();
    }

    // The first stretch may hold what came before the silence.
    private static void Stretches(HubWorld world, long arrived, int count)
    {
        world.Arrived(arrived);
        for (int i = 0; i < count; i++) world.Time.Advance(world.Options.Stretch);
    }
}
