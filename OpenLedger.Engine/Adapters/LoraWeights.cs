using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters;

/// <summary>The weights of one adapter by module, owned until disposed. Knows nothing of files or of how a model applies them.</summary>
public sealed class LoraWeights : IDisposable
{
    private readonly Dictionary<string, LoraPair> _pairs;
    private readonly Dictionary<string, Tensor> _replacements;

    /// <summary>Takes ownership of the tensors.</summary>
    /// <param name="replacements">Whole base tensors that the adapter brings, by full name (<c>lm_head.weight</c>).</param>
    /// <param name="tokenRows">[tokens, width]: the embedding rows of <see cref="LoraConfig.TrainableTokens"/>.</param>
    public LoraWeights(LoraConfig config, IReadOnlyDictionary<string, LoraPair> pairs, IReadOnlyDictionary<string, Tensor>? replacements = null, Tensor? tokenRows = null)
    {
        Config = config;
        _pairs = new Dictionary<string, LoraPair>(pairs, StringComparer.Ordinal);
        _replacements = new Dictionary<string, Tensor>(replacements ?? new Dictionary<string, Tensor>(), StringComparer.Ordinal);
        TokenRows = tokenRows;
        foreach (Tensor tensor in Tensors) tensor.DetachFromDisposeScope();
    }

    /// <summary>How the adapter is shaped.</summary>
    public LoraConfig Config { get; }

    /// <summary>The pairs by module.</summary>
    public IReadOnlyDictionary<string, LoraPair> Pairs => _pairs;

    /// <summary>Base tensors that this adapter replaces, by full name.</summary>
    public IReadOnlyDictionary<string, Tensor> Replacements => _replacements;

    /// <summary>[tokens, width]: the embedding rows of <see cref="LoraConfig.TrainableTokens"/>, or null.</summary>
    public Tensor? TokenRows { get; }

    /// <summary>Every tensor with its name in a PEFT file, less the leading <c>base_model.model.</c>, in a fixed order.</summary>
    public IEnumerable<(string Name, Tensor Value)> Parameters
    {
        get
        {
            foreach ((string module, LoraPair pair) in _pairs)
            {
                bool embedding = module == EmbeddingModule;
                yield return (embedding ? $"{module}.lora_embedding_A" : $"{module}.lora_A.weight", pair.A);
                yield return (embedding ? $"{module}.lora_embedding_B" : $"{module}.lora_B.weight", pair.B);
                if (pair.BiasOnB is { } bias) yield return ($"{module}.lora_B.bias", bias);
                if (pair.Magnitude is { } magnitude) yield return ($"{module}.lora_magnitude_vector", magnitude);
            }
            foreach ((string name, Tensor value) in _replacements) yield return (name, value);
            if (TokenRows is not null) yield return ($"{EmbeddingModule}.token_adapter.trainable_tokens_delta", TokenRows);
        }
    }

    /// <summary>The embedding's module name, where the base has one.</summary>
    public string? EmbeddingModule { get; init; }

    /// <summary>Whether a tied base's two ends part: PEFT gives the embedding a copy of its own, and the output layer keeps the base's.</summary>
    public bool PartsTable => EmbeddingModule is { } embedding && Config.Saves(embedding);

    /// <summary>What a run moves: everything but an embedding that only came along with the pair beside it (PEFT's <c>save_embedding_layers</c>).</summary>
    public IEnumerable<(string Name, Tensor Value)> Learnable =>
        Parameters.Where(one => !(one.Name.EndsWith(".weight", StringComparison.Ordinal) && _replacements.ContainsKey(one.Name) && _pairs.ContainsKey(ModuleName.Of(one.Name))));

    /// <summary>A fresh adapter on linear layers alone, as <see cref="FreshAdapter"/> begins it.</summary>
    /// <param name="weightOf">The base's weight [out, in] of a module; needed where <see cref="LoraConfig.Dora"/> is on.</param>
    public static LoraWeights Create(LoraConfig config, IReadOnlyDictionary<string, LinearShape> linears, long seed, Device device, Func<string, Tensor>? weightOf = null) =>
        FreshAdapter.Create(config, new AdapterBase(linears), seed, device, weightOf);

    /// <summary>The update of a module, if the adapter has one.</summary>
    public bool TryGet(string module, [NotNullWhen(true)] out LoraPair? pair) => _pairs.TryGetValue(module, out pair);

    public void Dispose()
    {
        foreach (Tensor tensor in Tensors) tensor.Dispose();
        _pairs.Clear();
        _replacements.Clear();
    }

    private IEnumerable<Tensor> Tensors =>
        Parameters.Select(parameter => parameter.Value).Concat(_pairs.Values.Select(pair => pair.Origin).OfType<LoraPair>().SelectMany(origin => new[] { origin.A, origin.B }));
}
