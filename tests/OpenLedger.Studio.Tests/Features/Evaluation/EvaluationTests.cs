using OpenLedger.Engine.Evaluation;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;
using OpenLedger.Studio.Tests.Features.Training;

namespace OpenLedger.Studio.Tests.Features.Evaluation;

public class EvaluationTests
{
    [Fact]
    public async Task A_finished_run_is_measured_for_its_owner_and_for_nobody_else()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        TrainingInput short_ = TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { EvaluationShare = 0.005 } };
        StartedTraining run = await world.Get<StartTraining>().StartAsync(short_, TrainingWorld.Owner, TrainingWorld.Cancel);
        StartEvaluation start = world.Get<StartEvaluation>();
        Assert.NotNull((await start.StartAsync(TrainingWorld.Other, run.RunId!, null, TrainingWorld.Cancel)).Refusal);
        await world.UntilOverAsync(run.RunId!);

        Outcome<StartedJob> started = await start.StartAsync(TrainingWorld.Owner, run.RunId!, null, TrainingWorld.Cancel);
        Assert.Null(started.Refusal);
        JobRow job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.True(job.State == JobState.Finished, job.Error);

        EvaluationView view = (await world.Get<ReadEvaluation>().OfAsync(TrainingWorld.Owner, run.RunId!, TrainingWorld.Cancel))!;
        Comparison perplexity = view.Report!.Measures.Single(one => one.Measure == Measure.Perplexity);
        Assert.InRange(perplexity.Base, 1.5, 1000);
        Assert.InRange(perplexity.Change.Difference, perplexity.Change.Low, perplexity.Change.High);
        Assert.Contains(view.Report.Measures, one => one.Measure == Measure.Bleu);
        Assert.Null(view.JobId);
        Assert.Null(await world.Get<ReadEvaluation>().OfAsync(TrainingWorld.Other, run.RunId!, TrainingWorld.Cancel));

        // A base whose file is broken fails with a sentence, and another measuring, on other rows too, can be asked for.
        string broken = Path.Combine(world.Get<StudioFolders>().Root, "broken.gguf");
        await File.WriteAllTextAsync(broken, "no model at all", TrainingWorld.Cancel);
        world.Get<Catalogue>().Write(c => c.Models.Change(TrainingWorld.BaseId, model => model with { Path = broken }));
        started = await start.StartAsync(TrainingWorld.Owner, run.RunId!, null, TrainingWorld.Cancel);
        job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.Equal(JobState.Failed, job.State);
        Assert.StartsWith("It could not be measured: ", job.Error, StringComparison.Ordinal);
        view = (await world.Get<ReadEvaluation>().OfAsync(TrainingWorld.Owner, run.RunId!, TrainingWorld.Cancel))!;
        Assert.Equal((started.Value!.JobId, false), (view.JobId, view.IsUnderWay));
    }
}
