using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Features.Training.Sweeps;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>Sweeps over the real queue and the real starter model.</summary>
public class SweepTests
{
    private static readonly SweepLine[] Rates = [new(SweepSetting.LearningRate, "0.001, 0.02")];

    [Fact]
    public async Task A_sweep_trains_its_runs_in_order_also_after_a_restart_and_marks_the_best()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        string id = await StartAsync(world, [new(SweepSetting.Seed, "1, 2"), new(SweepSetting.LearningRate, "0.0005, 0.02")]);
        Assert.Equal(4, (await ReadAsync(world, id)).Runs.Count);
        await world.RestartAsync();

        SweepView sweep = await UntilOverAsync(world, id);
        Assert.Equal(["seed 1, rate 0.0005", "seed 1, rate 0.02", "seed 2, rate 0.0005", "seed 2, rate 0.02"], sweep.Runs.Select(run => SweepWords.Of(run.Place.Values)));
        Assert.All(sweep.Runs, run => Assert.True(run.Run.State == JobState.Finished, run.Run.Text));
        Assert.Equal(sweep.Runs.Select(run => run.Run.Id), sweep.Runs.OrderBy(run => run.Run.Started).Select(run => run.Run.Id));
        Assert.All(sweep.Runs.Skip(1).Zip(sweep.Runs), pair => Assert.True(pair.First.Run.Started >= pair.Second.Run.Finished, "two trained at the same time"));
        Assert.Equal("My adapter, seed 1, rate 0.02", sweep.Runs[1].Run.Input.Name);

        Assert.Equal(sweep.Runs.Min(run => run.HeldOut!.Loss), sweep.Best!.HeldOut!.Loss);
        Assert.True(sweep.Runs.Select(run => run.HeldOut!.Loss).Distinct().Count() > 1);
        TrainingView[] views = await Task.WhenAll(sweep.Runs.Select(async run => (await world.Get<ReadTraining>().OneAsync(run.Run.Id, TrainingWorld.Owner, TrainingWorld.Cancel))!));
        Assert.Single(views.Select(view => view.Curve.Evaluations.First()).Distinct()); // the base's loss on the same rows, whatever the seed
    }

    [Fact]
    public async Task The_rest_is_stopped_by_its_owner_alone_and_none_takes_the_place_of_another()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        string id = await StartAsync(world, [new(SweepSetting.LearningRate, "0.001, 0.002, 0.003, 0.004")], TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { MaxSteps = 200 } });
        Assert.Null(await world.Get<ReadSweep>().OneAsync(id, TrainingWorld.Other, TrainingWorld.Cancel));
        Assert.Null(await world.Get<StopSweep>().StopAsync(id, TrainingWorld.Other, TrainingWorld.Cancel));

        Assert.Equal(4, await world.Get<StopSweep>().StopAsync(id, TrainingWorld.Owner, TrainingWorld.Cancel));
        SweepView sweep = await UntilOverAsync(world, id);
        Assert.All(sweep.Runs, run => Assert.Equal(JobState.Cancelled, run.Run.State));
        Assert.All(sweep.Runs.Skip(1), run => Assert.Null(run.Run.Started));
        Assert.Null(sweep.Best);
        Assert.Equal(0, await world.Get<StopSweep>().StopAsync(id, TrainingWorld.Owner, TrainingWorld.Cancel));
    }

    [Fact]
    public async Task The_whole_time_is_said_before_the_start_and_is_that_of_all_runs()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        EstimatedTraining one = await world.Get<EstimateTraining>().EstimateAsync(TrainingWorld.TwoSteps, TrainingWorld.Owner, TrainingWorld.Cancel);
        EstimatedSweep three = await world.Get<EstimateSweep>().EstimateAsync(TrainingWorld.TwoSteps, [new(SweepSetting.Seed, "1,2,3")], TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Equal((3, 3 * one.Estimate!.Steps), (three.Runs, three.Whole!.Steps));
        Assert.Equal(3 * one.Estimate.Seconds, three.Whole.Seconds, one.Estimate.Seconds * 1e-9);
        EstimatedSweep ranks = await world.Get<EstimateSweep>().EstimateAsync(TrainingWorld.TwoSteps, [new(SweepSetting.Rank, "2,64")], TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.True(ranks.Whole!.Seconds > 2 * one.Estimate.Seconds); // the wider one takes longer
        Assert.True(ranks.Whole.MemoryBytes > one.Estimate.MemoryBytes);
        Assert.Equal(one.Estimate.Steps * 2, ranks.Whole.Steps);
    }

    [Theory]
    [InlineData("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", "13 values make as many trainings")]
    [InlineData("8, 300", "Rank is 300; it must lie between 1 and 256.")]
    [InlineData("", "Nothing is to be tried yet.")]
    public async Task A_sweep_that_cannot_be_queues_none_of_its_runs(string ranks, string said)
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartedSweep refused = await world.Get<StartSweep>().StartAsync(TrainingWorld.TwoSteps, [new(SweepSetting.Rank, ranks)], TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Null(refused.SweepId);
        RecipeProblem problem = Assert.Single(refused.Problems);
        Assert.Equal(SweepPlan.Field, problem.Field);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Empty(await world.Get<ReadTraining>().NewestAsync(TrainingWorld.Owner, TrainingWorld.Cancel));
    }

    [Fact]
    public async Task A_sweep_asks_for_what_a_training_asks_for_and_for_room_behind_the_name()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartSweep start = world.Get<StartSweep>();
        StartedSweep visitor = await start.StartAsync(TrainingWorld.TwoSteps, Rates, OpenLedger.Studio.Security.Person.Visitor, TrainingWorld.Cancel);
        Assert.Equal("Person", visitor.Problems[0].Field);
        StartedSweep closed = await start.StartAsync(TrainingWorld.TwoSteps with { VersionIds = ["none-1"] }, Rates, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Equal("VersionIds", Assert.Single(closed.Problems).Field);
        StartedSweep longName = await start.StartAsync(TrainingWorld.TwoSteps with { Name = new string('n', 75) }, Rates, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.EndsWith("Shorten the name to 68.", Assert.Single(longName.Problems).Message, StringComparison.Ordinal); // ", rate 0.001" takes 12
    }

    private static async Task<string> StartAsync(TrainingWorld world, IReadOnlyList<SweepLine> lines, TrainingInput? input = null)
    {
        StartedSweep started = await world.Get<StartSweep>().StartAsync(input ?? TrainingWorld.TwoSteps, lines, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Empty(started.Problems);
        return started.SweepId!;
    }

    private static async Task<SweepView> ReadAsync(TrainingWorld world, string id) => (await world.Get<ReadSweep>().OneAsync(id, TrainingWorld.Owner, TrainingWorld.Cancel))!;

    private static async Task<SweepView> UntilOverAsync(TrainingWorld world, string id)
    {
        foreach (SweepRun run in (await ReadAsync(world, id)).Runs) await world.UntilOverAsync(run.Run.Id);
        return await ReadAsync(world, id);
    }
}
