using System.Security.Cryptography;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Training;

/// <summary>A run in memory between two stops: adapter, optimiser, log and history, moved on by whole steps. Decides nothing about when to stop.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly LanguageModel _model;
    private readonly string _baseName;
    private readonly TrainingPlan _plan;
    private readonly TrainingFolder _folder;
    private readonly ITrainingWatcher _watcher;
    private readonly TimeProvider _time;
    private readonly LoraWeights _adapter;
    private readonly LoraWeights? _reference;
    private readonly AdamW _optimizer;
    private readonly TrainingStep _step;
    private readonly TrainingLog _log;
    private readonly List<StepProgress> _history;
    private readonly List<HeldOutLoss> _evaluations;
    private readonly TrainingPace _pace;
    private readonly Sha256Hash _planHash;

    private TrainingSession(
        LanguageModel model, string baseName, TrainingPlan plan, TrainingFolder folder, ITrainingWatcher watcher, TimeProvider time, TrainingCheckpoint? from)
    {
        (_model, _baseName, _plan, _folder, _watcher, _time) = (model, baseName, plan, folder, watcher, time);
        TrainingRecipe recipe = plan.Recipe;
        _planHash = plan.Hash;
        _adapter = from is null ? StartingAdapter.Begin(plan, model) : StartingAdapter.GoOn(from.Folder, plan, model);
        _reference = StartingAdapter.Reference(plan, model);
        _optimizer = new AdamW(_adapter.Learnable, recipe.WeightDecay, LoraPlus.Rates(recipe.LoraPlusRatio, recipe.LearningRate), ShrinkingParameters.Has);
        from?.Restore(_optimizer);
        _step = TrainingStep.For(recipe, model, _adapter, _optimizer, _reference);
        _log = from is null
            ? TrainingLog.Begin(folder.Log, new TrainingLogHeader(model.Hash, recipe.Hash, plan.Datasets, Parent: plan.Start?.Parent.Weights))
            : TrainingLog.Continue(folder.Log, from.State.Step, from.State.LogHead);
        _history = [.. from?.State.Steps ?? []];
        _evaluations = [.. from?.State.Evaluations ?? []];
        _pace = new TrainingPace(time, plan.TotalTokens, _history.Sum(step => (long)step.Tokens));
        Step = from?.State.Step ?? 0;
    }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>Whether the kept-out rows have not got better for as many measurements as the recipe has patience.</summary>
    public bool HasStalled => _plan.Recipe.Patience > 0 && Course.SinceBest >= _plan.Recipe.Patience;

    private HeldOutCourse Course => new(_evaluations);

    /// <summary>Takes up the newest whole checkpoint of this plan, or begins.</summary>
    /// <exception cref="TrainingException">The folder holds another run.</exception>
    public static TrainingSession Open(
        LanguageModel model, string baseName, TrainingPlan plan, TrainingFolder folder, ITrainingWatcher watcher, TimeProvider time)
    {
        TrainingCheckpoint? latest = TrainingCheckpoint.Latest(folder.Checkpoints);
        if (latest is not null && latest.State.Plan != plan.Hash)
            throw new TrainingException($"the checkpoint at step {latest.State.Step} belongs to another plan: recipe, rows or base have changed since");
        return new(model, baseName, plan, folder, watcher, time, latest);
    }

    /// <summary>Does one optimiser step with all that is due after it: measurement, the epoch's adapter, a checkpoint.</summary>
    public void TakeStep(CancellationToken cancel)
    {
        if (Step == 0 && _evaluations.Count == 0) Evaluate(cancel);
        IReadOnlyList<IReadOnlyList<EncodedRow>> batches = _plan.Batches.Step(Step);
        double rate = _plan.Schedule.At(Step);
        long began = _time.GetTimestamp();
        StepResult result = _step.Run(batches, rate, SeededOrder.Mix(_plan.Recipe.Seed, Step));
        Step++;
        if (!double.IsFinite(result.Loss) || !double.IsFinite(result.GradientNorm))
            throw new TrainingException($"the loss of step {Step} is no number any more: the learning rate ({rate:G3}) is too high for these rows");
        _log.Add(Step, _plan.EpochOf(Step), [.. batches.SelectMany(rows => rows).Select(row => row.Id)]);
        Report(result, rate, _time.GetElapsedTime(began));
        DoWhatIsDue(cancel);
    }

    /// <summary>Writes where the run stands.</summary>
    public void WriteCheckpoint()
    {
        _log.Flush();
        TrainingState state = new(_planHash, Step, _log.Head, _history, _evaluations);
        TrainingCheckpoint.Write(_folder.Checkpoints, state, _adapter, _optimizer, _baseName, _model.Config.Transposed);
        DropOlderBests();
        _watcher.CheckpointWritten(Step);
    }

    /// <summary>Writes the adapter and the run's record.</summary>
    public TrainingRun Finish()
    {
        _log.Flush();
        AtomicFolder.Write(_folder.Adapter, WriteKept);
        TrainingRun run = Record();
        AtomicFile.Write(_folder.Run, stream => stream.Write(CanonicalJson.SerializeToUtf8(run)));
        return run;
    }

    public void Dispose()
    {
        _log.Dispose();
        _optimizer.Dispose();
        _adapter.Dispose();
        _reference?.Dispose();
    }

    // The best one's file is written when it is measured, so that it outlives all that is learned after.
    private void WriteKept(string target)
    {
        if (KeptStep is not int step)
        {
            AdapterFile.Write(target, _adapter, _baseName, _model.Config.Transposed);
            return;
        }
        string best = Directory.Exists(_folder.BestAt(step)) ? _folder.BestAt(step) : _folder.Best; // where earlier releases wrote it, without its step
        foreach (string file in Directory.EnumerateFiles(best)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    private int? KeptStep => _plan.Recipe.KeepBest && Course.Best is HeldOutLoss best && best.Step < Step ? best.Step : null;

    private void DoWhatIsDue(CancellationToken cancel)
    {
        bool epochEnds = _plan.EndsEpoch(Step);
        int every = _plan.Recipe.EvaluateEvery;
        if (epochEnds || (every > 0 && Step % every == 0)) Evaluate(cancel);
        if (epochEnds) KeepEpoch();
        if (epochEnds || Step % _plan.Recipe.CheckpointEvery == 0) WriteCheckpoint();
    }

    private void Evaluate(CancellationToken cancel)
    {
        if (_plan.Measured.Count == 0) return;
        HeldOutLoss loss = PreferenceObjective.Of(_plan.Recipe) is { } objective
            ? HeldOutPreference.Measure(_model, _adapter, _reference, objective, _plan.Measured, _plan.Recipe.BatchSize, Step, cancel)
            : HeldOutLoss.Measure(_model, _adapter, _plan.Measured, _plan.Recipe.BatchSize, Step, cancel);
        _evaluations.Add(loss);
        if (_plan.Recipe.KeepBest && Course.Best == loss) KeepBest();
        _watcher.Evaluated(loss);
    }

    private void KeepBest()
    {
        Directory.CreateDirectory(_folder.Best);
        AtomicFolder.Write(_folder.BestAt(Step), target => AdapterFile.Write(target, _adapter, _baseName, _model.Config.Transposed));
    }

    // Only once a checkpoint names the better one: until then a run that is taken up again may need the older.
    private void DropOlderBests()
    {
        if (!_plan.Recipe.KeepBest || Course.Best is not HeldOutLoss best || !Directory.Exists(_folder.Best)) return;
        foreach (string older in Directory.GetDirectories(_folder.Best).Where(other => other != _folder.BestAt(best.Step))) Directory.Delete(older, recursive: true);
    }

    private void KeepEpoch()
    {
        string epoch = _folder.Epoch(_plan.EpochOf(Step));
        Directory.CreateDirectory(Path.GetDirectoryName(epoch)!);
        AtomicFolder.Write(epoch, target =>
        {
            AdapterFile.Write(target, _adapter, _baseName, _model.Config.Transposed);
            OptimizerFile.Write(TrainingFolder.SecondMoments(target), _optimizer, secondOnly: true);
        });
    }

    private void Report(StepResult result, double rate, TimeSpan took)
    {
        StepProgress progress = new(
            Step, _plan.EpochOf(Step), result.Loss, rate, result.GradientNorm, result.Tokens, result.LearnedTokens,
            result.Tokens / Math.Max(took.TotalSeconds, 1e-6), result.ResidentBytes, _pace.SecondsLeft(result.Tokens));
        _history.Add(progress);
        _watcher.Stepped(progress);
    }

    private TrainingRun Record()
    {
        int last = Math.Max(1, _history.Count / 10);
        using FileStream weights = File.OpenRead(Path.Combine(_folder.Adapter, AdapterFile.WeightsName));
        return new(
            _plan.Datasets, _model.Hash, _baseName, _plan.Recipe, _plan.Recipe.Hash, _log.Head, Step,
            _plan.Split.Training.Count, _plan.Split.HeldOut.Count, Sha256Hash.FromDigest(SHA256.HashData(weights)),
            _evaluations.FirstOrDefault()?.Loss, (KeptStep is null ? _evaluations.LastOrDefault() : Course.Best)?.Loss, _history.TakeLast(last).Average(step => step.Loss),
            _time.GetUtcNow().ToUnixTimeMilliseconds(), KeptStep: KeptStep, Parent: _plan.Start?.Parent);
    }
}
