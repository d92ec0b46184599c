using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Does a queued run: opens the base, plans, trains from where the last checkpoint stands, compares, keeps the adapter. Knows nothing of pages.</summary>
/// <remarks>Safe to be killed anywhere: checkpoint, adapter, report and catalogue entry are each whole or absent, and each is made again where absent.</remarks>
public sealed class TrainingJob(BaseModels bases, TrainingRows rows, KeepStart starts, KeepAdapter keep, MachineTurns turns, StudioFolders folders, TimeProvider time) : IJobBody
{
    /// <summary>The kind of its jobs.</summary>
    public const string KindName = "training";

    public string Kind => KindName;

    public bool IsHeavy => true;

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        TrainingInput input = job.ReadInput<TrainingInput>();
        if (bases.Find(input.BaseId) is not ModelDocument found) return new JobOutcome.Failed("The base of this run is not here any more. Import it again, then try again.");
        await job.ReportAsync(0, $"Opening {found.Name}", cancel);
        try
        {
            using TrainingBase on = await Task.Run(() => bases.Open(found, input.Recipe.Base, cancel), cancel);
            IReadOnlyList<RecipeProblem> problems = RecipeCheck.Problems(input.Recipe, on.Model.AdapterBase, on.Model.Config.MaxPositions);
            if (problems.Count > 0) return new JobOutcome.Failed(string.Join(' ', problems.Select(problem => problem.Message)));
            return await TrainAsync(job, input, on, cancel);
        }
        catch (Exception refused) when (refused is TrainingException or AdapterException or ModelException)
        {
            return new JobOutcome.Failed($"The run stopped: {refused.Message}.");
        }
    }

    private async Task<JobOutcome> TrainAsync(JobContext job, TrainingInput input, TrainingBase on, CancellationToken cancel)
    {
        TrainingFolder folder = new(folders.Run(job.Id));
        (TrainingStart Start, KeptStart Kept)? begun = input.From is null ? null : await starts.KeepAsync(job.Id, input.From, job.Owner, cancel);
        if (input.From is not null && begun is null) return new JobOutcome.Failed("What this run was to go on from is not here any more. Start it again from another moment.");
        TrainingPlan plan = await Task.Run(() => rows.Plan(input, rows.Prepare(input, on.Words), begun?.Start), cancel);
        TrainingReporter reporter = new(folder.Root, plan.TotalSteps, turns, cancel);
        Task passing = reporter.PassOnAsync(job, cancel);
        TrainingEnd end;
        try
        {
            // A thread of its own: a run takes minutes and would starve the pool.
            end = await Task.Factory.StartNew(
                () => new LoraTrainer(on.Model, on.Name, plan, folder, reporter, time).Run(job.Pause, cancel),
                cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            reporter.Complete();
        }
        await passing;
        return end switch
        {
            TrainingEnd.Paused => new JobOutcome.Paused(),
            TrainingEnd.Cancelled => throw new OperationCanceledException(cancel),
            TrainingEnd.Finished => await FinishAsync(job, input, on, plan, begun?.Kept, folder, cancel),
        };
    }

    private async Task<JobOutcome> FinishAsync(JobContext job, TrainingInput input, TrainingBase on, TrainingPlan plan, KeptStart? parent, TrainingFolder folder, CancellationToken cancel)
    {
        await job.ReportAsync(9_900, "Comparing with the base", cancel);
        string report = ReadTraining.ReportIn(folder.Root);
        if (!File.Exists(report)) await Task.Run(() => Compare(on, plan, folder, report, cancel), cancel);
        TrainingRun run = CanonicalJson.Read<TrainingRun>(await File.ReadAllTextAsync(folder.Run, cancel));
        string modelId = keep.Keep(job.Id, job.Owner, input, run, parent, folder);
        return new JobOutcome.Finished(CanonicalJson.Serialize(new TrainedModel(modelId)));
    }

    private static void Compare(TrainingBase on, TrainingPlan plan, TrainingFolder folder, string path, CancellationToken cancel)
    {
        using LoraWeights adapter = AdapterFile.Read(folder.Adapter, on.Model.AdapterBase, on.Model.Device);
        TuningReport report = TuningReport.Make(on.Model, adapter, plan.TotalSteps, plan.Measured, on.Tokenizer, on.Stops, cancel);
        AtomicFile.Write(path, stream => stream.Write(CanonicalJson.SerializeToUtf8(report)));
    }
}

/// <summary>A finished run's output.</summary>
/// <param name="ModelId">The adapter's model document.</param>
public sealed record TrainedModel(string ModelId);
