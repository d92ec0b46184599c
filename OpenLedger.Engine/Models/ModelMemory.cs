using System.Globalization;

namespace OpenLedger.Engine.Models;

/// <summary>How much memory weights take once they are float32, and whether this machine has it. Allocates nothing.</summary>
public static class ModelMemory
{
    /// <summary>Beside the weights: the runtime, the cache of one conversation, one layer's products.</summary>
    private const long Beside = 400_000_000;

    /// <summary>What this process may use, in bytes, limits of a container included.</summary>
    public static long OfMachine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What a model of so many numbers takes while it answers, in bytes.</summary>
    public static long ToAnswer(long parameters) => parameters * sizeof(float) + Beside;

    /// <summary>What it takes to train a small adapter on it, in bytes: the outputs of each layer are kept for the way back.</summary>
    public static long ToTrain(long parameters) => parameters * sizeof(float) * 5 / 4 + 2 * Beside;

    /// <exception cref="ModelException">The weights alone are larger than the machine's memory.</exception>
    internal static void Require(long parameters, BaseForm form = BaseForm.Float32)
    {
        long needed = form switch
        {
            BaseForm.Float32 => ToAnswer(parameters),
            BaseForm.Nf4 => parameters * 6 / 10 + Beside,
            BaseForm.Int8 => parameters * 11 / 10 + Beside,
        };
        if (needed > OfMachine) throw new ModelException($"the model has {parameters / 1_000_000} million numbers and needs {Gigabytes(needed)} GB of memory; this machine has {Gigabytes(OfMachine)} GB");
    }

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);
}
