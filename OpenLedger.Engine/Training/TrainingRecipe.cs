using System.Text.Json.Serialization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>Every decision of a LoRA run that is not the data or the base. Knows nothing of either.</summary>
public sealed record TrainingRecipe
{
    /// <summary>Width of the two small matrices beside each tuned layer. 1 to 256.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Strength of the adapter: its product is scaled by alpha / rank. Above 0, to 1024.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Share of the adapter's inputs set to zero in a step, against learning by heart. 0 to 0.5.</summary>
    public double Dropout { get; init; }

    /// <summary>Names of the layers to tune (<c>q_proj</c>, ...), or the one word <c>all-linear</c>.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } = [LoraConfig.AllLinear];

    /// <summary>Size of an update at its peak. 1e-6 to 1e-1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the rate falls after the warm-up.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Share of all steps in which the rate first rises from zero. 0 to 0.5.</summary>
    public double WarmupShare { get; init; } = 0.05;

    /// <summary>How often each row is seen. 1 to 50.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Rows computed side by side. 1 to 64.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Batches whose gradients make one step. 1 to 64.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Longest row, in tokens; the rest is cut off. 16 to 8192.</summary>
    public int SequenceLength { get; init; } = 512;

    /// <summary>Start of every random choice: the same seed, rows and machine give the same adapter. 0 to 2^53 - 1, so that JSON keeps it.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Share of the rows kept out of training to measure on. 0 to 0.5.</summary>
    public double EvaluationShare { get; init; } = 0.1;

    /// <summary>Most rows measured on, so that a large Datanet does not spend its time on measuring. 1 to 1000.</summary>
    public int EvaluationRows { get; init; } = 48;

    /// <summary>Steps between two measurements; 0 measures at the start and after each epoch only.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>Steps between two checkpoints. 1 to 10000.</summary>
    public int CheckpointEvery { get; init; } = 20;

    /// <summary>Stops after this many steps; 0 for no limit.</summary>
    public int MaxSteps { get; init; }

    /// <summary>Longest gradient of a step; a longer one is scaled down. 0 turns it off.</summary>
    public double MaxGradientNorm { get; init; } = 1.0;

    /// <summary>Share by which the adapter shrinks in a step, times the rate. 0 to 1.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>What the recipe is called by in a run's record: the hash of its canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Hash => CanonicalJson.HashOf(this);

    /// <summary>The adapter that this recipe asks for.</summary>
    [JsonIgnore]
    public LoraConfig Adapter => new(Rank, Alpha, Dropout, TargetModules);

    /// <summary>The schedule for a run of so many steps.</summary>
    public LearningRateSchedule ScheduleFor(int totalSteps) =>
        new(Schedule, LearningRate, (int)Math.Ceiling(WarmupShare * totalSteps), totalSteps);
}
