using System.Runtime.InteropServices;
using TorchSharp;
using OpenLedger.Engine.Tensors;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters;

/// <summary>Adapters on disk in PEFT's form: <c>adapter_model.safetensors</c> beside <c>adapter_config.json</c>. Never opens a pickle.</summary>
public static class AdapterFile
{
    /// <summary>The weights' file name.</summary>
    public const string WeightsName = Stem + ".safetensors";

    private const string Stem = "adapter_model";

    /// <summary>Reads an adapter for a base; every size is checked against the header before a tensor is made.</summary>
    /// <param name="baseModelName">The base's name; an adapter that names another is refused. Null: not asked.</param>
    /// <exception cref="AdapterException">The adapter does not fit, or says something unsupported.</exception>
    /// <exception cref="SafetensorsException">The weights file breaks its format.</exception>
    public static LoraWeights Read(string folder, AdapterBase target, Device device, string? baseModelName = null)
    {
        (LoraConfig config, string? named) = AdapterConfigJson.Read(folder);
        if (baseModelName is not null && named is not null && LastPart(named) != LastPart(baseModelName))
            throw new AdapterException($"the adapter was made for '{named}', not for '{baseModelName}'");
        using SafetensorsSet tensors = SafetensorsSet.Open(folder, Stem);
        return new AdapterReader(config, target, tensors, device).Read();
    }

    /// <summary>Reads only the configuration, as a card shows it, and the base that it names.</summary>
    /// <exception cref="AdapterException">It says something unsupported.</exception>
    public static (LoraConfig Config, string? BaseModel) ReadConfig(string folder) => AdapterConfigJson.Read(folder);

    /// <summary>Writes both files, the weights first, each whole or not at all.</summary>
    /// <remarks>What PiSSA took off the base is written into the pair, so that the file fits the base as it is.</remarks>
    /// <param name="transposed">Whether the base stores its linears as [in, out] (<see cref="AdapterBase.Transposed"/>).</param>
    public static void Write(string folder, LoraWeights weights, string baseModelName, bool transposed = false)
    {
        Directory.CreateDirectory(folder);
        if (PissaStart.IsIn(weights))
        {
            using LoraWeights plain = PissaStart.ToPlain(weights);
            Write(folder, plain, baseModelName, transposed);
            return;
        }
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), Entries(weights), new Dictionary<string, string> { ["format"] = "pt" });
        byte[] config = AdapterConfigJson.Write(weights.Config, baseModelName, transposed);
        AtomicFile.Write(Path.Combine(folder, AdapterConfigJson.FileName), stream => stream.Write(config));
    }

    private static IEnumerable<SafetensorsEntry> Entries(LoraWeights weights)
    {
        foreach ((string name, Tensor value) in weights.Parameters)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor plain = value.detach().to(float32).cpu().contiguous();
            yield return SafetensorsEntry.Of(AdapterKeys.Of(name, weights), MemoryMarshal.Cast<byte, float>(plain.bytes), plain.shape);
        }
    }

    private static string LastPart(string name) => name.TrimEnd('/', '\\').Split('/', '\\')[^1];
}
