using System.Globalization;
using System.Threading.Channels;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Takes a run's points on its thread, writes them to its curve and passes them to whoever watches the job; between two steps it lets answers go first. Holds no state of the run.</summary>
internal sealed class TrainingReporter(string runFolder, int totalSteps, MachineTurns turns, CancellationToken cancelled) : ITrainingWatcher
{
    private readonly Channel<TrainingPoint> _points = Channel.CreateUnbounded<TrainingPoint>(new() { SingleReader = true });

    public void Stepped(StepProgress progress)
    {
        Add(new(progress, null));
        turns.StandAside(cancelled);
    }

    public void Evaluated(HeldOutLoss loss) => Add(new(null, loss));

    public void CheckpointWritten(int step)
    {
    }

    /// <summary>No further point will come.</summary>
    public void Complete() => _points.Writer.Complete();

    /// <summary>Passes points on until the run is over.</summary>
    public async Task PassOnAsync(JobContext job, CancellationToken cancel)
    {
        await foreach (TrainingPoint point in _points.Reader.ReadAllAsync(cancel))
        {
            if (point.Step is StepProgress step) await job.ReportAsync(step.Step * 10_000 / totalSteps, Text(step), cancel, point);
            else await job.ReportAsync(point.Evaluation!.Step * 10_000 / totalSteps, "Measured on the kept-out rows", cancel, point);
        }
    }

    private void Add(TrainingPoint point)
    {
        File.AppendAllText(TrainingCurve.PathIn(runFolder), CanonicalJson.Serialize(point) + "\n");
        _points.Writer.TryWrite(point);
    }

    private string Text(StepProgress step) =>
        string.Create(CultureInfo.InvariantCulture, $"Step {step.Step} of {totalSteps}, loss {step.Loss:F3}");
}
