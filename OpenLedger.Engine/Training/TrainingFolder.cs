using System.Globalization;

namespace OpenLedger.Engine.Training;

/// <summary>Where a run's files lie. Reads and writes none of them.</summary>
public sealed class TrainingFolder(string root)
{
    /// <summary>The run's own folder.</summary>
    public string Root { get; } = root;

    /// <summary>Checkpoints to go on from.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>The hash-chained list of the rows of each step.</summary>
    public string Log => Path.Combine(Root, "rows.log.jsonl");

    /// <summary>The finished adapter, in PEFT's format.</summary>
    public string Adapter => Path.Combine(Root, "adapter");

    /// <summary>Where the adapter of the best measurement lies, under the name of its step.</summary>
    public string Best => Path.Combine(Root, "best");

    /// <summary>The record of the finished run.</summary>
    public string Run => Path.Combine(Root, "run.json");

    /// <summary>The adapter as it stood after a pass, with the optimiser's second moments.</summary>
    public string Epoch(int epoch) => Path.Combine(Root, "epochs", string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:D3}"));

    /// <summary>The adapter as it stood at a measurement that was the best one then: its step is its name, so that whoever copies it cannot take another step's.</summary>
    public string BestAt(int step) => Path.Combine(Best, string.Create(CultureInfo.InvariantCulture, $"best-{step:D7}"));

    /// <summary>The second moments beside an epoch's adapter.</summary>
    public static string SecondMoments(string epochFolder) => Path.Combine(epochFolder, "second_moments.safetensors");
}
