using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Features.Training.Pages;
using OpenLedger.Studio.Features.Training.Sweeps;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>A sweep as its owner sees it over real storage, and the lines in the wizard that make one.</summary>
public sealed class SweepPageTests : BunitContext
{
    private readonly TaskCompletionSource<AuthenticationState> _who = new();

    [Fact]
    public async Task The_page_loads_then_shows_each_run_and_marks_the_best_that_is_done()
    {
        await using TrainingWorld world = await OpenAsync();
        await KeepAsync(world, (0.001, JobState.Finished, 2.5), (0.002, JobState.Finished, 2.25), (0.003, JobState.Paused, 1.5), (0.004, JobState.Paused, null));
        IRenderedComponent<SweepPage> page = Render<SweepPage>(set => set.Add(one => one.Id, "swept"));
        Assert.Equal("Loading the sweep", page.Find("[aria-busy]").GetAttribute("aria-label"));
        Enter(TrainingWorld.Owner);

        page.WaitForAssertion(() => Assert.Equal(["rate 0.001", "rate 0.002", "rate 0.003", "rate 0.004"], page.FindAll("tbody a.strong").Select(link => link.TextContent)));
        Assert.Equal("rate 0.002", page.Find("tr[aria-selected=true] a.strong").TextContent);
        Assert.Contains("Best so far", page.Find("tr[aria-selected=true]").TextContent, StringComparison.Ordinal); // the paused one may still get worse
        Assert.Contains("perplexity 9.49", page.Find("tr[aria-selected=true]").TextContent, StringComparison.Ordinal);
        Assert.Contains("not measured yet", page.FindAll("tbody tr")[3].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 done, 2 paused", page.Find(".meta").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("tbody a"), link => link.GetAttribute("href") == "/factory/runs/run-2/compare");
    }

    [Fact]
    public async Task A_step_moves_the_page_without_a_file_being_read_where_once_every_step_read_all_curves()
    {
        await using TrainingWorld world = await OpenAsync();
        await KeepAsync(world, (0.001, JobState.Finished, 2.5), (0.002, JobState.Running, 2.75));
        Enter(TrainingWorld.Owner);
        IRenderedComponent<SweepPage> page = Render<SweepPage>(set => set.Add(one => one.Id, "swept"));
        page.WaitForAssertion(() => Assert.Contains("loss 2.750", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal));
        foreach (int run in new[] { 1, 2 }) await File.WriteAllTextAsync(TrainingCurve.PathIn(world.Get<StudioFolders>().Run($"run-{run}")), "no json\n", TrainingWorld.Cancel); // whoever reads one of them fails

        JobProgress moved = new("run-2", TrainingJob.KindName, TrainingWorld.Owner.Key, JobState.Running, 5_000, "Step 1 of 2, loss 2.000", new TrainingPoint(null, new HeldOutLoss(4, 1.25, 10)));
        world.Get<JobFeed>().Publish(moved);
        page.WaitForAssertion(() => Assert.Contains("loss 1.250", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal));
        Assert.Contains("Step 1 of 2", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        world.Get<JobFeed>().Publish(moved with { State = JobState.Finished, Detail = null });
        page.WaitForAssertion(() => Assert.Contains("The sweep could not be read.", page.Markup, StringComparison.Ordinal)); // an end is read
    }

    [Fact]
    public void A_run_that_keeps_its_best_is_judged_by_it_also_while_it_moves()
    {
        TrainingPoint worse = new(null, new HeldOutLoss(6, 3, 10));
        JobProgress moved = new("run", TrainingJob.KindName, "", JobState.Running, 1, "", worse);
        SweepRun Run(bool keepBest) => new(
            new("run", TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { KeepBest = keepBest } }, JobState.Running, JobWish.Run, 0, null, null, 0, 0, null),
            new("swept", "Mine", 1, []), new HeldOutLoss(4, 2, 10));
        Assert.Equal((2, 3), (Run(true).With(moved).HeldOut!.Loss, Run(false).With(moved).HeldOut!.Loss));
        Assert.Equal(2, Run(false).With(moved with { Detail = new TrainingPoint(null, new HeldOutLoss(0, 1, 10)) }).HeldOut!.Loss); // the base's
    }

    [Fact]
    public async Task Stopping_the_rest_says_how_many_and_leaves_what_is_done()
    {
        await using TrainingWorld world = await OpenAsync();
        await KeepAsync(world, (0.001, JobState.Finished, 2.5), (0.002, JobState.Paused, null), (0.003, JobState.Paused, null));
        Enter(TrainingWorld.Owner);
        IRenderedComponent<SweepPage> page = Render<SweepPage>(set => set.Add(one => one.Id, "swept"));
        page.WaitForAssertion(() => Assert.Contains("Stop the rest", page.Markup, StringComparison.Ordinal));
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Stop the rest").Click();
        page.WaitForAssertion(() => Assert.Contains("2 trainings were stopped", page.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.Contains("1 done, 2 stopped", page.Find(".meta").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop the rest", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_of_somebody_else_or_of_nobody_is_not_here()
    {
        await using TrainingWorld world = await OpenAsync();
        await KeepAsync(world, (0.001, JobState.Paused, null), (0.002, JobState.Paused, null));
        Enter(TrainingWorld.Other);
        foreach (string id in new[] { "swept", "s", "none" })
        {
            IRenderedComponent<SweepPage> page = Render<SweepPage>(set => set.Add(one => one.Id, id));
            page.WaitForAssertion(() => Assert.Equal("This sweep is not here", page.Find(".empty h2").TextContent));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_says_so_and_can_be_tried_again()
    {
        await using TrainingWorld world = await OpenAsync();
        await KeepAsync(world, (0.001, JobState.Paused, null), (0.002, JobState.Paused, null));
        string curve = TrainingCurve.PathIn(world.Get<StudioFolders>().Run("run-1"));
        await File.WriteAllTextAsync(curve, "no json\n", TrainingWorld.Cancel);
        Enter(TrainingWorld.Owner);
        IRenderedComponent<SweepPage> page = Render<SweepPage>(set => set.Add(one => one.Id, "swept"));
        page.WaitForAssertion(() => Assert.Contains("The sweep could not be read.", page.Markup, StringComparison.Ordinal));
        File.Delete(curve);
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Try again").Click();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public async Task Where_the_loss_itself_is_varied_agreement_decides()
    {
        await using TrainingWorld world = await OpenAsync();
        SweepRun Run(int number, double loss, double agreement) => new(
            new($"run-{number}", TrainingWorld.TwoSteps, JobState.Finished, JobWish.Run, 10_000, null, null, 0, 0, 0),
            new("swept", "Mine", number, [new(SweepSetting.Beta, number)]), new HeldOutLoss(2, loss, 10) { Agreement = agreement });
        Assert.Equal("run-2", new SweepView("swept", [Run(1, 0.1, 0.5), Run(2, 0.6, 0.75)]).Best!.Run.Id);
    }

    [Fact]
    public void The_wizard_s_lines_are_typed_added_and_taken_away()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        IReadOnlyList<SweepLine> lines = [new(SweepSetting.LearningRate, "")];
        IRenderedComponent<SweepFields> Show() => Render<SweepFields>(set => set
            .Add(one => one.Lines, lines).Add(one => one.LinesChanged, changed => lines = changed)
            .Add(one => one.Offered, SweepPlan.Offered(TrainingWorld.TwoSteps)).Add(one => one.Problem, "13 values make as many trainings"));
        IRenderedComponent<SweepFields> fields = Show();
        Assert.All(fields.FindAll(".f"), field => Assert.True(field.QuerySelector("small") is { TextContent.Length: > 10 }, field.TextContent));
        Assert.Equal("13 values make as many trainings", fields.Find("[role=alert]").TextContent);
        fields.Find("input").Change("0.001, 0.002");
        Assert.Equal([new SweepLine(SweepSetting.LearningRate, "0.001, 0.002")], lines);
        Press(Show(), "Try another setting too");
        Press(Show(), "Try another setting too");
        Assert.Equal([SweepSetting.LearningRate, SweepSetting.Rank, SweepSetting.Passes], lines.Select(line => line.Setting));
        Assert.DoesNotContain("Try another", Show().Markup, StringComparison.Ordinal); // three are the most
        Press(Show(), "Take the last one away");
        Assert.Equal(2, lines.Count);
    }

    private static void Press(IRenderedComponent<SweepFields> fields, string button) => fields.FindAll("button").Single(one => one.TextContent.Trim() == button).Click();

    // Runs as their jobs and curves would have left them.
    private static async Task KeepAsync(TrainingWorld world, params (double Rate, JobState State, double? Loss)[] runs)
    {
        foreach (((double rate, JobState state, double? loss), int i) in runs.Select((run, i) => (run, i)))
        {
            SweepPlace place = new("swept", "Mine", i + 1, [new(SweepSetting.LearningRate, rate)]);
            JobRow row = new()
            {
                Id = $"run-{i + 1}",
                Kind = TrainingJob.KindName,
                Owner = TrainingWorld.Owner.Key,
                Input = CanonicalJson.Serialize(TrainingWorld.TwoSteps with { Sweep = place }),
                InputHash = $"hash-{i}",
                Created = i,
                Output = state == JobState.Finished ? CanonicalJson.Serialize(new TrainedModel($"adapter-run-{i + 1}")) : null,
            };
            foreach (JobState step in state == JobState.Queued ? [] : state is JobState.Paused or JobState.Running ? [state] : new[] { JobState.Running, state }) row.MoveTo(step);
            await world.Get<LedgerWriter>().WriteAsync(db => { db.Jobs.Add(row); }, TrainingWorld.Cancel);
            if (loss is double measured)
                await File.WriteAllTextAsync(TrainingCurve.PathIn(world.Get<StudioFolders>().Run(row.Id)), CanonicalJson.Serialize(new TrainingPoint(null, new HeldOutLoss(2, measured, 10))) + "\n", TrainingWorld.Cancel);
        }
    }

    private async Task<TrainingWorld> OpenAsync()
    {
        TrainingWorld world = await TrainingWorld.StartAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(new CurrentPerson(new Known(_who.Task)));
        Services.AddSingleton(TimeProvider.System);
        foreach (Type act in (Type[])[typeof(ReadSweep), typeof(StopSweep), typeof(JobFeed)]) Services.AddSingleton(act, world.Get(act));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        return world;
    }

    private void Enter(Person person) => _who.TrySetResult(new AuthenticationState(new ClaimsPrincipal(
        new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Key), new Claim(ClaimTypes.Role, Roles.Member)], "test"))));

    private sealed class Known(Task<AuthenticationState> state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => state;
    }
}
