using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Runs a plan to its end, or to a pause, from wherever its last checkpoint stands. Knows nothing of queues, pages or people.</summary>
/// <remarks>
/// One seed decides the split, the initial A, the order of rows and every dropout mask, each by its own number and not by a generator's state:
/// a run that was killed and taken up again ends with the same adapter as one that was not.
/// </remarks>
public sealed class LoraTrainer(LanguageModel model, string baseName, TrainingPlan plan, TrainingFolder folder, ITrainingWatcher watcher, TimeProvider time)
{
    /// <summary>Trains. Blocks its thread for as long as that takes: tensors' scopes belong to a thread.</summary>
    /// <param name="pause">Fires to stop after a step and leave a checkpoint, so that the next call goes on from there.</param>
    /// <param name="cancel">Fires to stop at once; the last checkpoint stays.</param>
    /// <exception cref="TrainingException">The loss is no number any more, or the files on disk are of another run.</exception>
    public TrainingEnd Run(CancellationToken pause, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder.Root);
        using DisposeScope scope = NewDisposeScope();
        using TrainingSession session = TrainingSession.Open(model, baseName, plan, folder, watcher, time);
        try
        {
            while (session.Step < plan.TotalSteps && !session.HasStalled)
            {
                cancel.ThrowIfCancellationRequested();
                if (pause.IsCancellationRequested)
                {
                    session.WriteCheckpoint();
                    return TrainingEnd.Paused;
                }
                session.TakeStep(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return TrainingEnd.Cancelled;
        }
        session.Finish();
        return TrainingEnd.Finished;
    }
}
