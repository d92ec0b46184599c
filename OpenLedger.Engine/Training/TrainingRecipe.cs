using System.Text.Json.Serialization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>Every decision of a LoRA run that is not the data or the base. Knows nothing of either.</summary>
/// <remarks>What was added after the first release is left out of the JSON where it is off: a recipe that does not use it keeps its hash.</remarks>
public sealed record TrainingRecipe
{
    /// <summary>Width of the two small matrices beside each tuned layer. 1 to 256.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Strength of the adapter: its product is scaled by alpha / rank. Above 0, to 1024.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Share of the adapter's inputs set to zero in a step, against learning by heart. 0 to 0.5.</summary>
    public double Dropout { get; init; }

    /// <summary>Names of the layers to tune (<c>q_proj</c>, ..., also <c>embed_tokens</c> and <c>lm_head</c>), or the one word <c>all-linear</c>. Not asked where <see cref="TargetPattern"/> is set.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } = [LoraConfig.AllLinear];

    /// <summary>A regular expression for the whole names of the layers to tune; null to go by <see cref="TargetModules"/>.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>Numbers of the layers that are tuned, from 0; null for all.</summary>
    public IReadOnlyList<int>? LayersToTransform { get; init; }

    /// <summary>The path segment before a layer's number, where several parts of a base are numbered; null for any.</summary>
    public IReadOnlyList<string>? LayersPattern { get; init; }

    /// <summary>Other ranks by name or pattern. Where two match, the first in the alphabet counts, as in a file that PEFT saved. 1 to 256 each.</summary>
    public IReadOnlyDictionary<string, int>? RankPattern { get; init; }

    /// <summary>Other alphas by name or pattern, as <see cref="RankPattern"/>. Above 0, to 1024 each.</summary>
    public IReadOnlyDictionary<string, double>? AlphaPattern { get; init; }

    /// <summary>Which of the base's biases learn beside the pairs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LoraBias Bias { get; init; }

    /// <summary>Parts that learn whole, without a pair, and are kept so (<c>lm_head</c>, <c>norm</c>); null for none.</summary>
    public IReadOnlyList<string>? ModulesToSave { get; init; }

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

    /// <summary>Decides which rows are kept out, where <see cref="Seed"/> must not: runs that differ in their seed are compared on the same rows. Null: the seed decides that too.</summary>
    public long? SplitSeed { get; init; }

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

    /// <summary>What the run teaches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ObjectiveKind Objective { get; init; }

    /// <summary>What only compared or marked answers need; null for the defaults.</summary>
    public PreferenceRecipe? Preference { get; init; }

    /// <summary>Whether rows stand one behind another, each seeing only itself, so that nothing is computed for padding.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Packing { get; init; }

    /// <summary>How the base's linear layers are held while the adapter learns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BaseForm Base { get; init; }

    /// <summary>Whether layers are computed again on the way back instead of kept: less memory, about a third more time. A base held in few bits always is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Recompute { get; init; }

    /// <summary>Strength of the noise on embedded tokens (NEFTune). 0 turns it off, to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double NoiseAlpha { get; init; }

    /// <summary>How many times faster B learns than A (LoRA+). 0 turns it off, else 1 to 64.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double LoraPlusRatio { get; init; }

    /// <summary>Whether the adapter's product is scaled by alpha / sqrt(rank) (rsLoRA), so that high ranks are heard.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RankStabilized { get; init; }

    /// <summary>Whether each output's length is learned apart from its direction (DoRA).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Dora { get; init; }

    /// <summary>Whether the adapter begins with the base's own strongest directions (PiSSA) instead of nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Pissa { get; init; }

    /// <summary>Measurements without improvement after which the run ends. 0 turns it off, to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Patience { get; init; }

    /// <summary>Whether the adapter of the best measurement is kept instead of the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepBest { get; init; }

    /// <summary>What the recipe is called by in a run's record: the hash of its canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Hash => CanonicalJson.HashOf(this);

    /// <summary>The seed of what is learned from and measured on, apart from the order in which it is learned.</summary>
    [JsonIgnore]
    public long RowsSeed => SplitSeed ?? Seed;

    /// <summary>Whether layers are computed again: kept ones would keep their weights in float32, which a base in few bits is there to avoid.</summary>
    [JsonIgnore]
    public bool RecomputesLayers => Recompute || Base != BaseForm.Float32;

    /// <summary>The same recipe for going on from an adapter: its shape is the adapter's.</summary>
    public TrainingRecipe GoingOnFrom(LoraConfig adapter) => this with
    {
        Rank = adapter.Rank,
        Alpha = adapter.Alpha,
        TargetModules = adapter.TargetModules,
        TargetPattern = adapter.TargetPattern,
        LayersToTransform = adapter.LayersToTransform,
        LayersPattern = adapter.LayersPattern is { Count: > 0 } named ? named : null,
        RankPattern = Kept(adapter.RankPattern),
        AlphaPattern = Kept(adapter.AlphaPattern),
        Bias = adapter.Bias,
        ModulesToSave = adapter.ModulesToSave is { Count: > 0 } saved ? saved : null,
        RankStabilized = adapter.RankStabilized,
        Dora = adapter.Dora,
        Pissa = false,
    };

    /// <summary>The adapter that this recipe asks for.</summary>
    [JsonIgnore]
    public LoraConfig Adapter => new(Rank, Alpha, Dropout, TargetPattern is null ? TargetModules : [], RankStabilized)
    {
        TargetPattern = TargetPattern,
        LayersToTransform = LayersToTransform is { Count: > 0 } ? LayersToTransform : null,
        LayersPattern = LayersToTransform is { Count: > 0 } ? LayersPattern : null,   // PEFT refuses the one without the other
        RankPattern = InOrder(RankPattern),
        AlphaPattern = InOrder(AlphaPattern),
        Bias = Bias,
        ModulesToSave = ModulesToSave ?? [],
        Dora = Dora,
    };

    /// <summary>The schedule for a run of so many steps.</summary>
    public LearningRateSchedule ScheduleFor(int totalSteps) =>
        new(Schedule, LearningRate, (int)Math.Ceiling(WarmupShare * totalSteps), totalSteps);

    private static SortedDictionary<string, T>? Kept<T>(IReadOnlyList<KeyValuePair<string, T>> patterns) =>
        patterns.Count == 0 ? null : new(patterns.ToDictionary(), StringComparer.Ordinal);

    private static IReadOnlyList<KeyValuePair<string, T>> InOrder<T>(IReadOnlyDictionary<string, T>? patterns) =>
        [.. (patterns ?? new Dictionary<string, T>()).OrderBy(one => one.Key, StringComparer.Ordinal)];
}
