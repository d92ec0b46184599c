using System.Numerics.Tensors;
using TorchSharp;
using OpenLedger.Engine.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace OpenLedger.Engine.Adapters;

/// <summary>Turns the tensors of one PEFT file into <see cref="LoraWeights"/>: nothing missing, nothing left over, nothing of another size.</summary>
internal sealed class AdapterReader(LoraConfig config, AdapterBase target, SafetensorsSet tensors, Device device)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public LoraWeights Read()
    {
        IReadOnlyList<string> modules = config.TargetsIn(target);
        Plan(modules);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, LoraPair> pairs = modules.ToDictionary(module => module, module => WithOrigin(module, ReadPair(module)), StringComparer.Ordinal);
        Dictionary<string, Tensor> replacements = Replacements(modules).OrderBy(AdapterKeys.Replaced, StringComparer.Ordinal).ToDictionary(AdapterKeys.Replaced, ReadTensor, StringComparer.Ordinal);
        Tensor? rows = config.TrainableTokens is null ? null : ReadTensor(TokenKey());
        LoraWeights read = new(config, pairs, replacements, rows) { EmbeddingModule = target.Embedding?.Key };
        if (config.Origin == LoraOrigin.None) return read;
        using (read) return PissaStart.ToPlain(read);   // as PEFT converts it: what follows needs to know of no changed base
    }

    private LoraPair WithOrigin(string module, LoraPair pair) => config.Origin == LoraOrigin.None || IsEmbedding(module) ? pair
        : pair with { Origin = config.Origin.Pair(module, target.WeightOf!(module), config.RankFor(module), config.ScaleFor(module)) };

    // Everything is checked against the header before the first tensor is made.
    private void Plan(IReadOnlyList<string> modules)
    {
        RequireSupported(modules);
        foreach (string module in modules) PlanPair(module);
        string[] replaced = [.. Replacements(modules)];
        foreach (string key in replaced) PlanReplacement(key);
        foreach (string module in config.ModulesToSave)
        {
            if (!replaced.Any(key => ModuleName.WithOwners(ModuleName.Of(AdapterKeys.Replaced(key))).Any(part => part.EndsWith(module, StringComparison.Ordinal)))) throw new AdapterException($"the adapter lists '{module}' in modules_to_save, but its file has no such weights");
        }
        if (config.TrainableTokens is { } rows) PlanTokens(rows);
        if (tensors.Names.FirstOrDefault(name => !_read.Contains(name)) is { } left)
            throw new AdapterException($"the adapter holds the tensor '{left}', which its configuration does not account for");
    }

    private void RequireSupported(IReadOnlyList<string> modules)
    {
        if (config.Dora && modules.Any(IsEmbedding)) throw new AdapterException($"the adapter gives '{target.Embedding?.Key}' magnitudes of its own (use_dora), which is supported on linear layers only");
        if (config.Origin != LoraOrigin.None && target.WeightOf is null) throw new AdapterException("the adapter was begun by taking a part off the base (init_lora_weights), which can be told only beside the base in float32: load it so, or save the adapter with PEFT's path_initial_model_for_weight_conversion");
        if (config.Origin == LoraOrigin.LeadingColumns && target.Transposed) throw new AdapterException("the adapter was begun with olora on layers that are stored as [in, out], which PEFT itself cannot load");
        bool bothEnds = modules.Concat(target.Parts.Where(config.Saves)).Any(module => IsEmbedding(module) || module == target.Head?.Key);
        if (config.KeepsTie && target.IsTied && bothEnds) throw new AdapterException("the adapter changes an embedding that is the output layer too, and keeps the two one (ensure_weight_tying), which is not supported");
        if (Replacements(modules).GroupBy(AdapterKeys.Replaced).FirstOrDefault(keys => keys.Skip(1).Any()) is { } twice) throw new AdapterException($"the adapter brings '{twice.Key}' twice");
    }

    private void PlanPair(string module)
    {
        target.TryShape(module, out LinearShape shape);
        long rank = config.RankFor(module);
        Expect(KeyA(module), rank, shape.In);
        Expect(KeyB(module), shape.Out, rank);
        if (config.Dora) Expect(MagnitudeKey(module), shape.Out);
        if (config.BiasOnB) Expect(BiasKey(module), shape.Out);
    }

    private void PlanReplacement(string key)
    {
        string name = AdapterKeys.Replaced(key);
        if (!target.TryTensor(name, out IReadOnlyList<long>? shape)) throw new AdapterException($"the adapter brings '{name}', which the base has not");
        Expect(key, [.. shape]);
    }

    private void PlanTokens(IReadOnlyList<int> rows)
    {
        if (target.Embedding is not { } table) throw new AdapterException("the adapter changes rows of the embedding, which this base does not expose");
        if (config.TrainableTokensIn is { } named && !table.Key.EndsWith(named, StringComparison.Ordinal)) throw new AdapterException($"the adapter changes single tokens of '{named}', which is supported for the embedding '{table.Key}' only");
        int worst = rows.DefaultIfEmpty(-1).Max();
        if (worst >= table.Value.In) throw new AdapterException($"the adapter changes token {worst}, but the base has {table.Value.In} tokens");
        Expect(TokenKey(), rows.Count, table.Value.Out);
    }

    private IEnumerable<string> Replacements(IReadOnlyList<string> modules) => tensors.Names.Where(key => IsReplacement(key, modules)).Order(StringComparer.Ordinal);

    private bool IsReplacement(string key, IReadOnlyList<string> modules)
    {
        if (!key.StartsWith(AdapterKeys.Prefix, StringComparison.Ordinal) || key.Contains(".lora_", StringComparison.Ordinal)) return false;
        string name = AdapterKeys.Replaced(key);
        string module = ModuleName.Of(name);
        bool saved = config.Saves(module);
        bool savedEmbedding = module == target.Embedding?.Key && key.EndsWith(".base_layer.weight", StringComparison.Ordinal);   // PEFT's save_embedding_layers="auto"
        if (name.EndsWith(".weight", StringComparison.Ordinal)) return saved || savedEmbedding;
        return name.EndsWith(".bias", StringComparison.Ordinal) && (saved || config.Bias switch
        {
            LoraBias.None => false,
            LoraBias.All => true,
            LoraBias.LoraOnly => modules.Contains(module),
        });
    }

    private LoraPair ReadPair(string module) => new(ReadTensor(KeyA(module)), ReadTensor(KeyB(module)), config.ScaleFor(module))
    {
        Magnitude = config.Dora ? ReadTensor(MagnitudeKey(module)) : null,
        BiasOnB = config.BiasOnB ? ReadTensor(BiasKey(module)) : null,
    };

    private void Expect(string key, params long[] shape)
    {
        SafetensorsTensor tensor = tensors.Find(key) ?? throw new AdapterException($"the adapter's file lacks the tensor '{key}'");
        if (!tensor.Type.IsFloat()) throw new AdapterException($"tensor '{key}' has the type {tensor.Type.Name()}; F16, BF16, F32 or F64 is needed");
        if (!tensor.Shape.SequenceEqual(shape)) throw new AdapterException($"tensor '{key}' is [{string.Join(", ", tensor.Shape)}]; base and configuration need [{string.Join(", ", shape)}]");
        _read.Add(key);
    }

    private Tensor ReadTensor(string key)
    {
        float[] values = tensors.ReadFloats(key);
        if (!TensorPrimitives.IsFiniteAll<float>(values)) throw new AdapterException($"tensor '{key}' holds a number that is not finite");
        return tensor(values, [.. tensors.Find(key)!.Shape], device: device);
    }

    private bool IsEmbedding(string module) => module == target.Embedding?.Key;

    private string KeyA(string module) => AdapterKeys.Prefix + module + (IsEmbedding(module) ? ".lora_embedding_A" : ".lora_A.weight");

    private string KeyB(string module) => AdapterKeys.Prefix + module + (IsEmbedding(module) ? ".lora_embedding_B" : ".lora_B.weight");

    private static string MagnitudeKey(string module) => $"{AdapterKeys.Prefix}{module}.lora_magnitude_vector";

    private static string BiasKey(string module) => $"{AdapterKeys.Prefix}{module}.lora_B.bias";

    private string TokenKey() => $"{AdapterKeys.Prefix}{target.Embedding?.Key}.token_adapter.trainable_tokens_delta";
}
