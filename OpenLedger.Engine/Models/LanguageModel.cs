using System.Globalization;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>
/// A decoder of any supported family, computing in float32, base weights frozen, adapters applied beside them and never merged.
/// Knows nothing of text or sampling. Its passes may run on several threads at once, each with a cache of its own.
/// </summary>
public sealed class LanguageModel : IDisposable
{
    private readonly Device _device;
    private readonly Embedding _embedding;
    private readonly DecoderLayer[] _layers;
    private readonly Norm _finalNorm;
    private readonly Linear _head;
    private readonly RotaryTable? _rotary, _windowRotary;
    private readonly Lazy<Sha256Hash> _hash;
    private readonly WeightNames _names;
    private readonly IReadOnlyDictionary<string, Tensor> _tensors;

    private LanguageModel(ModelConfig config, WeightNames names, WeightLoader loader, IWeightFile file, Device device)
    {
        (Config, _device, _names, _tensors) = (config, device, names, loader.Made);
        _hash = new Lazy<Sha256Hash>(file.Hash);
        _rotary = config.Rotary is null ? null : new RotaryTable(config.Rotary, device);
        _windowRotary = config.WindowRotary is null ? null : new RotaryTable(config.WindowRotary, device);
        _embedding = new Embedding(loader, config, names);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(layer => new DecoderLayer(loader, config, names, layer, RotaryOf(layer), device))];
        _finalNorm = Norm.Load(loader, config, names.FinalNorm, config.Width);
        // A file may leave a tied output layer out, or bring an equal copy.
        _head = config.TiedHead ? new Linear(names.Head, new DenseWeight(_embedding.Table, borrowed: true), null) { Shape = new LinearShape(config.Width, config.Vocabulary) }
            : Linear.Load(loader, names.Head, config.Width, config.Vocabulary, whole: true);   // as bitsandbytes leaves it
        Linears = _layers.SelectMany(layer => layer.Linears).ToDictionary(linear => linear.Name, linear => linear.Shape, StringComparer.Ordinal);
        AdapterBase = new AdapterBase(Linears)
        {
            Head = KeyValuePair.Create(names.Head, _head.Shape),
            Embedding = KeyValuePair.Create(names.Embedding, new LinearShape(config.Vocabulary, config.Width)),
            Tensors = loader.Shapes,
            Transposed = config.Transposed,
        };
    }

    /// <summary>What kind of decoder it is.</summary>
    public ModelConfig Config { get; }

    /// <summary>Linear layers by checkpoint name, without the output layer, in the order of the pass.</summary>
    public IReadOnlyDictionary<string, LinearShape> Linears { get; }

    /// <summary>What is left of it when its weights are gone.</summary>
    public ModelOutline Outline => new(Config, Linears) { Parts = AdapterBase with { WeightOf = null } };

    /// <summary>All that an adapter can stand on.</summary>
    public AdapterBase AdapterBase { get; private set; }

    /// <summary>SHA-256 of the weights file; of names and hashes of the shards where there are several. Computed when first asked for.</summary>
    public Sha256Hash Hash => _hash.Value;

    /// <summary>Where the weights live.</summary>
    public Device Device => _device;

    /// <summary>How the linear layers are held.</summary>
    public BaseForm Form { get; private init; }

    /// <summary>Reads a model from a GGUF file, or from a folder with <c>config.json</c> and safetensors.</summary>
    /// <exception cref="ModelException">The model is not supported, or its weights do not fit its configuration.</exception>
    /// <exception cref="GgufException">A GGUF file breaks its format.</exception>
    /// <exception cref="SafetensorsException">A safetensors file breaks its format.</exception>
    public static LanguageModel Load(string path, Device? device = null, BaseForm form = BaseForm.Float32, CancellationToken cancel = default)
    {
        (ModelConfig config, WeightNames names, IWeightFile file) = Open(path);
        using (file)
        {
            Device place = device ?? CPU;
            if (place.type == DeviceType.CPU) ModelMemory.Require(file.Count, form);
            WeightLoader loader = new(file, place, form);
            try
            {
                LanguageModel model = new(config, names, loader, file, place) { Form = form };
                loader.Run(cancel);
                if (config.Transposed) model.TurnStored();
                if (form == BaseForm.Float32) model.AdapterBase = model.AdapterBase with { WeightOf = model.WeightOf };
                return model;
            }
            catch
            {
                loader.Abandon();
                throw;
            }
        }
    }

    /// <summary>Reads only what a model is made of, by name and size: enough to check and to foretell a run on it.</summary>
    /// <exception cref="ModelException">The model is not supported, or its weights do not fit its configuration.</exception>
    public static ModelOutline ReadOutline(string path)
    {
        (ModelConfig config, WeightNames names, IWeightFile file) = Open(path);
        using (file)
        {
            WeightLoader loader = new(file, CPU, BaseForm.Nf4);   // nothing is held for a layer in few bits before it is filled
            try
            {
                using LanguageModel empty = new(config, names, loader, file, CPU);
                return empty.Outline;
            }
            catch
            {
                loader.Abandon();
                throw;
            }
        }
    }

    /// <summary>Reads only what a model is, without its weights.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public static ModelConfig ReadConfig(string path)
    {
        (ModelConfig config, _, IWeightFile file) = Open(path);
        file.Dispose();
        return config;
    }

    /// <summary>Numbers in the weights' tensors, read from their headers alone.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public static long CountParameters(string path)
    {
        (_, _, IWeightFile file) = Open(path);
        using (file) return file.Count;
    }

    /// <summary>What a <c>config.json</c> says, from its bytes.</summary>
    /// <exception cref="ModelException">The model is not supported.</exception>
    public static ModelConfig ReadConfig(ReadOnlyMemory<byte> configuration) => ModelFamilies.Read(configuration, "config.json").Config;

    /// <summary>A linear layer's weight in float32, [out, in], not to be changed; the caller's scope frees it.</summary>
    /// <exception cref="ModelException">The base has no such linear layer.</exception>
    public Tensor WeightOf(string module) =>
        LinearNamed(module)?.Weight.alias() ?? throw new ModelException($"the base has no linear layer '{module}'");

    /// <summary>A weight or bias in float32 by its checkpoint name and in the checkpoint's layout, not to be changed; the caller's scope frees it.</summary>
    /// <exception cref="ModelException">The base has no such tensor.</exception>
    public Tensor TensorOf(string name)
    {
        string module = name[..Math.Max(0, name.LastIndexOf('.'))];
        bool isWeight = name.EndsWith(".weight", StringComparison.Ordinal);
        if (isWeight && LinearNamed(module) is { } linear) return linear.Transposed ? linear.Weight.t() : linear.Weight.alias();
        return _tensors.GetValueOrDefault(name)?.alias() ?? throw new ModelException($"the base has no tensor '{name}'");
    }

    /// <summary>An empty cache for a batch.</summary>
    public KvCache NewCache(int batch = 1) => new(Config.Layers, batch);

    /// <summary>Reads tokens, and gives the hidden states after the final norm.</summary>
    /// <param name="ids">int64 [batch, tokens].</param>
    /// <param name="cache">What was read before; the tokens are added to it.</param>
    /// <param name="lengths">Real tokens of each row [batch] of a batch padded on the right; null where all are real.</param>
    /// <param name="dropout">Share of each adapted linear's low-rank input that is dropped; 0 outside training.</param>
    /// <returns>float32 [batch, tokens, width]; padding holds numbers without meaning.</returns>
    /// <exception cref="ModelException">The tokens have another shape or type, or the batch is not the cache's.</exception>
    public Tensor Hidden(Tensor ids, KvCache? cache = null, LoraWeights? adapter = null, Tensor? lengths = null, double dropout = 0)
    {
        RequireTokens(ids, cache, lengths);
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = ids.to(_device);
        long[]? real = lengths?.to(int64).cpu().data<long>().ToArray();
        using Reading reading = Reading.Plan(ids.shape[0], ids.shape[1], cache, real, _device);
        Pass pass = new(adapter, dropout);
        Tensor x = _embedding.Forward(tokens, reading, pass);
        foreach (DecoderLayer layer in _layers)
        {
            Tensor next = layer.Forward(x, reading, cache, pass);
            x.Dispose();   // what the backward pass needs, it holds itself
            x = next;
        }
        return _finalNorm.Forward(x, pass).MoveToOuterDisposeScope();
    }

    /// <summary>Reads tokens to learn from them: hidden states, and the way back to the adapter's gradients.</summary>
    /// <exception cref="ModelException">The tokens have another shape or type, or the texts' lengths do not add up to theirs.</exception>
    public LearningStates Learn(LearningPass learning)
    {
        RequireTokens(learning.Ids, null, null);
        if (learning.Texts is { } texts && (learning.Ids.shape[0] != 1 || texts.Sum() != learning.Ids.shape[1]))
            throw new ModelException($"texts of together {texts.Sum()} tokens are said to stand in tokens [{string.Join(", ", learning.Ids.shape)}]");
        using DisposeScope scope = NewDisposeScope();
        Reading reading = learning.Texts is null
            ? Reading.Plan(learning.Ids.shape[0], learning.Ids.shape[1], null, null, _device)
            : Reading.Packed(learning.Texts, _device);
        Pass pass = new(learning.Adapter, learning.Dropout);
        return new LearningStates(Stages(learning, reading, pass), learning.Ids.to(_device), LowestLearning(learning.Adapter), learning.Recompute, reading);
    }

    /// <summary>Logits of hidden states: [..., width] to float32 [..., vocabulary].</summary>
    public Tensor Logits(Tensor hidden, LoraWeights? adapter = null)
    {
        if (hidden.dim() == 0 || hidden.shape[^1] != Config.Width) throw new ModelException($"hidden states are [{string.Join(", ", hidden.shape)}]; the last dimension must be {Config.Width}");
        using DisposeScope scope = NewDisposeScope();
        Pass pass = new(adapter, 0);
        bool ownTable = Config.TiedHead && adapter is not null && (adapter.TokenRows is not null || (!adapter.PartsTable && adapter.Replacements.ContainsKey($"{_embedding.Name}.weight")));
        Tensor logits = ownTable ? nn.functional.linear(hidden, _embedding.TableFor(pass)) : _head.Forward(hidden, pass);
        if (Config.LogitCap is { } cap) logits = (logits / cap).tanh() * cap;
        return logits.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _head.Dispose();
        _finalNorm.Dispose();
        foreach (DecoderLayer layer in _layers) layer.Dispose();
        _embedding.Dispose();
        _rotary?.Dispose();
        _windowRotary?.Dispose();
        NativeMemory.GiveBack();
    }

    internal static (ModelConfig Config, WeightNames Names, IWeightFile File) Open(string path)
    {
        if (Directory.Exists(path))
        {
            string configuration = Path.Combine(path, "config.json");
            if (!File.Exists(configuration)) throw new ModelException($"the folder '{Path.GetFileName(path)}' has no config.json");
            (ModelConfig config, WeightNames names) = ModelFamilies.Read(configuration);
            SafetensorsWeights weights = new(path, names);
            try
            {
                return (TiedOutput.Of(config, names, weights), names, weights);
            }
            catch
            {
                weights.Dispose();
                throw;
            }
        }
        if (!File.Exists(path)) throw new ModelException($"there is no file or folder '{Path.GetFileName(path)}'");
        GgufFile file = GgufFile.Open(path);
        try
        {
            (ModelConfig config, WeightNames names) = GgufFamilies.Read(file);
            return (config, names, new GgufWeights(file, config, names));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Each layer sets the start of its own dropout, so that it drops the same when it is read again.
    private LearningStage[] Stages(LearningPass learning, Reading reading, Pass pass)
    {
        void Seed(int layer)
        {
            if (learning.Dropout > 0) manual_seed((learning.Seed ^ (layer * 0x9E3779B97F4A7C1)) & long.MaxValue);
        }
        T Seeded<T>(int layer, Func<T> read)
        {
            Seed(layer);
            return read();
        }
        Tensor Embed(Tensor ids) => _embedding.Forward(ids, reading, pass, learning.Noise);
        return
        [
            new(Embed, ids => LearnedPart.Through(ids, Embed)),
            .. _layers.Select((layer, i) => new LearningStage(
                x => Seeded(i, () => layer.Forward(x, reading, null, pass)), x => Seeded(i, () => layer.Learn(x, reading, pass)))),
            new(x => _finalNorm.Forward(x, pass), x => _finalNorm.Learn(x, pass)),
        ];
    }

    // Stage 0 embeds, stage i + 1 is layer i, the one behind them norms; the output layer learns outside of the stages.
    private int LowestLearning(LoraWeights? adapter) =>
        (adapter?.Learnable ?? []).Where(one => one.Value.requires_grad).Select(one => StageOf(one.Name)).DefaultIfEmpty(_layers.Length + 2).Min();

    private int StageOf(string parameter)
    {
        if (parameter.StartsWith($"{_names.Head}.", StringComparison.Ordinal)) return _layers.Length + 2;
        if (parameter.StartsWith($"{_names.FinalNorm}.", StringComparison.Ordinal)) return _layers.Length + 1;
        if (!parameter.StartsWith(_names.Layers, StringComparison.Ordinal)) return 0;
        ReadOnlySpan<char> rest = parameter.AsSpan(_names.Layers.Length);
        return 1 + int.Parse(rest[..rest.IndexOf('.')], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private Linear? LinearNamed(string module) => _layers.SelectMany(layer => layer.Linears).Append(_head).FirstOrDefault(linear => linear.Name == module);

    private RotaryTable? RotaryOf(int layer) => _windowRotary is not null && Config.IsWindowed(layer) ? _windowRotary : _rotary;

    private void TurnStored()
    {
        foreach (Linear linear in _layers.SelectMany(layer => layer.Linears)) linear.Turn();
    }

    private static void RequireTokens(Tensor ids, KvCache? cache, Tensor? lengths)
    {
        if (ids.dim() != 2 || ids.dtype != int64 || ids.shape[1] == 0) throw new ModelException($"tokens are {ids.dtype} [{string.Join(", ", ids.shape)}]; Int64 [batch, tokens] is needed");
        if (cache is not null && cache.Batch != ids.shape[0]) throw new ModelException($"the batch has {ids.shape[0]} rows, its cache {cache.Batch}");
        if (lengths is not null && (lengths.dim() != 1 || lengths.shape[0] != ids.shape[0])) throw new ModelException($"lengths are [{string.Join(", ", lengths.shape)}]; one for each of {ids.shape[0]} rows is needed");
    }
}
