using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training;

/// <summary>The curve of a run as a file that grows by a line a point, so that any tab at any time draws the same. Decides nothing.</summary>
/// <remarks>A run taken up again repeats the steps after its checkpoint; the last line of a step counts.</remarks>
public sealed class TrainingCurve
{
    private readonly SortedDictionary<int, StepProgress> _steps = [];
    private readonly SortedDictionary<int, HeldOutLoss> _evaluations = [];

    private TrainingCurve()
    {
    }

    /// <summary>Every step so far, in order.</summary>
    public IReadOnlyCollection<StepProgress> Steps => _steps.Values;

    /// <summary>Every measurement so far, in order.</summary>
    public IReadOnlyCollection<HeldOutLoss> Evaluations => _evaluations.Values;

    /// <summary>Where a run's curve lies.</summary>
    public static string PathIn(string runFolder) => Path.Combine(runFolder, "curve.jsonl");

    /// <summary>Reads what is there; nothing for a run that has not begun.</summary>
    public static TrainingCurve Read(string runFolder)
    {
        TrainingCurve curve = new();
        string path = PathIn(runFolder);
        if (!File.Exists(path)) return curve;
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n');
        foreach (string line in lines.SkipLast(1)) curve.Add(CanonicalJson.Read<TrainingPoint>(line)); // behind the last line feed stands nothing, or a torn line
        return curve;
    }

    private void Add(TrainingPoint point)
    {
        if (point.Step is StepProgress step) _steps[step.Step] = step;
        if (point.Evaluation is HeldOutLoss loss) _evaluations[loss.Step] = loss;
    }
}

/// <summary>One line of a curve: a step or a measurement.</summary>
public sealed record TrainingPoint(StepProgress? Step, HeldOutLoss? Evaluation);
