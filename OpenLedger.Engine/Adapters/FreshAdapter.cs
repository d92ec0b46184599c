using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters;

/// <summary>Begins an adapter as PEFT begins one: it changes nothing until it learns. Reads no file.</summary>
public static class FreshAdapter
{
    /// <summary>Pairs on every chosen layer, and copies of the biases and modules that are trained themselves. Learnable.</summary>
    /// <param name="weightOf">The base's weight [out, in] of a module; needed where <see cref="LoraConfig.Dora"/> is on.</param>
    /// <param name="tensorOf">A tensor of the base by full name, in the checkpoint's layout; needed where biases or whole modules learn.</param>
    public static LoraWeights Create(
        LoraConfig config, AdapterBase target, long seed, Device device, Func<string, Tensor>? weightOf = null, Func<string, Tensor>? tensorOf = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new((ulong)seed, CPU);   // drawn on the CPU, so that every device starts from the same numbers
        Dictionary<string, LoraPair> pairs = new(StringComparer.Ordinal);
        foreach (string module in config.TargetsIn(target))
        {
            LoraPair pair = module == target.Embedding?.Key ? OnEmbedding(config, module, target.Embedding.Value.Value, random, device) : OnLinear(config, module, target, random, device);
            pairs.Add(module, pair with { Magnitude = config.Dora ? RowLengths(weightOf, module) : null });
        }
        LoraWeights made = new(config, pairs, Replacements(config, target, tensorOf)) { EmbeddingModule = target.Embedding?.Key };
        foreach ((_, Tensor value) in made.Parameters) value.requires_grad_();
        return made;
    }

    /// <summary>Copies of the base's tensors that the adapter brings whole, by full name; for the caller's scope.</summary>
    internal static Dictionary<string, Tensor> Replacements(LoraConfig config, AdapterBase target, Func<string, Tensor>? tensorOf)
    {
        Dictionary<string, Tensor> copies = new(StringComparer.Ordinal);
        using IDisposable constant = no_grad();
        foreach (string name in config.ReplacedIn(target))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor own = tensorOf?.Invoke(name) ?? throw new AdapterException($"the adapter begins '{name}' with the base's own, and no base was given");
            copies.Add(name, own.detach().clone().contiguous().MoveToOuterDisposeScope());
        }
        return copies;
    }

    // A uniform in ±1/sqrt(in) (Kaiming with a = sqrt 5), B zero.
    private static LoraPair OnLinear(LoraConfig config, string module, AdapterBase target, Generator random, Device device)
    {
        target.TryShape(module, out LinearShape shape);
        long rank = config.RankFor(module);
        double bound = 1 / Math.Sqrt(shape.In);
        Tensor a = rand([rank, shape.In], generator: random).mul_(2 * bound).sub_(bound).to(device);   // [rank, in]
        return new LoraPair(a, zeros([shape.Out, rank], device: device), config.ScaleFor(module));     // B [out, rank]
    }

    // As PEFT and loralib begin an embedding: A zero, B normal.
    private static LoraPair OnEmbedding(LoraConfig config, string module, LinearShape shape, Generator random, Device device)
    {
        long rank = config.RankFor(module);
        Tensor b = randn([shape.Out, rank], generator: random).to(device);                             // [width, rank]
        return new LoraPair(zeros([rank, shape.In], device: device), b, config.ScaleFor(module));      // A [rank, vocabulary]
    }

    // DoRA, section 4.1: at the start the magnitude is the base's own, so that the adapter changes nothing.
    private static Tensor RowLengths(Func<string, Tensor>? weightOf, string module)
    {
        if (weightOf is null) throw new AdapterException("an adapter with magnitudes begins with the base's own, and no base was given");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        return weightOf(module).norm(1).MoveToOuterDisposeScope();   // [out]
    }
}
