using System.Globalization;
using OpenLedger.Engine.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>The optimiser's moments as safetensors: <c>first.NAME</c> and <c>second.NAME</c>, float32. Knows nothing of steps or losses.</summary>
/// <remarks>Attribution preconditions gradients by the second moments, so they are kept with every epoch's adapter.</remarks>
public static class OptimizerFile
{
    private const string FirstPrefix = "first.", SecondPrefix = "second.", StepsKey = "steps";

    /// <summary>Writes both moments, or the second alone.</summary>
    public static void Write(string path, AdamW optimizer, bool secondOnly = false)
    {
        List<SafetensorsEntry> entries = [];
        foreach ((string name, Tensor first, Tensor second) in optimizer.Moments)
        {
            if (!secondOnly) entries.Add(Entry(FirstPrefix + name, first));
            entries.Add(Entry(SecondPrefix + name, second));
        }
        SafetensorsWriter.Write(path, entries, new Dictionary<string, string> { [StepsKey] = optimizer.Steps.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>Gives an optimiser the moments of a file that holds both.</summary>
    public static void Restore(string path, AdamW optimizer)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        int steps = int.Parse(file.Metadata[StepsKey], CultureInfo.InvariantCulture);
        optimizer.Restore(steps, name => (file.ReadFloats(FirstPrefix + name), file.ReadFloats(SecondPrefix + name)));
    }

    private static SafetensorsEntry Entry(string name, Tensor value)
    {
        using DisposeScope scope = NewDisposeScope();
        return SafetensorsEntry.Of(name, value.cpu().contiguous().data<float>().ToArray(), value.shape);
    }
}
