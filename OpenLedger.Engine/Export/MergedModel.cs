using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Export;

/// <summary>The tensors of a base with an adapter worked into them, one at a time, under checkpoint names and in the checkpoint's layout. Writes nothing.</summary>
internal sealed class MergedModel : IDisposable
{
    private readonly IWeightFile _file;
    private readonly AdapterBase _base;
    private readonly LoraWeights? _adapter;
    private readonly bool _untied;

    /// <exception cref="ExportException">The adapter adds what the family's files have no place for.</exception>
    public MergedModel(string basePath, AdapterBase parts, LoraWeights? adapter)
    {
        (Config, Names, _file) = LanguageModel.Open(basePath);
        (_base, _adapter) = (parts, adapter);
        _untied = Config.TiedHead && adapter is not null && TouchesOneSide(adapter);
        if (adapter?.Pairs.FirstOrDefault(pair => pair.Value.BiasOnB is not null && !parts.Tensors.ContainsKey($"{pair.Key}.bias")) is { Key: string without })
            throw new ExportException($"the adapter adds a bias to '{without}', which has none in this family: export the adapter by itself");
        Shapes = _untied ? [.. parts.Tensors, KeyValuePair.Create(HeadName, parts.Tensors[EmbeddingName])] : [.. parts.Tensors];
    }

    /// <summary>What the base is; an output layer that the adapter parted from the embedding is not tied any more.</summary>
    public ModelConfig Config { get; }

    public WeightNames Names { get; }

    /// <summary>Whether the output layer is still the embedding.</summary>
    public bool IsTied => Config.TiedHead && !_untied;

    /// <summary>Every tensor's name and shape.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<long>>> Shapes { get; }

    private string EmbeddingName => $"{Names.Embedding}.weight";

    private string HeadName => $"{Names.Head}.weight";

    /// <summary>Whether the checkpoint keeps this one as [in, out].</summary>
    public bool IsTransposed(string name) => _base.Transposed && name.EndsWith(".weight", StringComparison.Ordinal) && _base.Linears.ContainsKey(name[..^".weight".Length]);

    /// <summary>A tensor's numbers, row-major.</summary>
    public float[] Read(string name)
    {
        if (_adapter is null) return ReadBase(name);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        Tensor merged = name == EmbeddingName ? Embedding() : _untied && name == HeadName ? Head() : Plain(name);
        return merged.cpu().to(float32).contiguous().data<float>().ToArray();
    }

    public void Dispose() => _file.Dispose();

    // A tied model has one table for both ends; what changes only one of them parts the two.
    private bool TouchesOneSide(LoraWeights adapter) =>
        adapter.Pairs.ContainsKey(Names.Embedding) || adapter.Pairs.ContainsKey(Names.Head) || adapter.Replacements.ContainsKey(HeadName) || adapter.PartsTable;

    private Tensor Embedding()
    {
        Tensor table = Table();
        return _adapter!.TryGet(Names.Embedding, out LoraPair? pair) ? table + pair.B.mm(pair.A).t() * pair.Scale : table;
    }

    private Tensor Head()
    {
        Tensor weight = _adapter!.Replacements.TryGetValue(HeadName, out Tensor? own) ? own : _adapter.PartsTable ? OfBase(EmbeddingName) : Table();
        return _adapter.TryGet(Names.Head, out LoraPair? pair) ? weight + pair.B.mm(pair.A) * pair.Scale : weight;
    }

    private Tensor Table()
    {
        Tensor table = Stored(EmbeddingName);
        if (_adapter is not { TokenRows: { } rows, Config.TrainableTokens: { } tokens }) return table;
        return table.index_copy(0, tensor(tokens.Select(token => (long)token).ToArray()), rows);
    }

    private Tensor Plain(string name)
    {
        int dot = name.LastIndexOf('.');
        Tensor stored = Stored(name);
        if (!_adapter!.TryGet(name[..dot], out LoraPair? pair)) return stored;
        if (name[dot..] == ".bias") return pair.BiasOnB is { } bias ? stored + bias * pair.Scale : stored;
        if (name[dot..] != ".weight") return stored;
        bool turned = IsTransposed(name);
        Tensor weight = Turned(turned ? stored.t() : stored, pair);
        return turned ? weight.t() : weight;
    }

    // W + sBA; DoRA gives each row of it its own length.
    private static Tensor Turned(Tensor weight, LoraPair pair)
    {
        Tensor sum = weight + pair.B.mm(pair.A) * pair.Scale;   // [out, in]
        return pair.Magnitude is { } magnitude ? sum * (magnitude / sum.norm(1)).unsqueeze(1) : sum;
    }

    private Tensor Stored(string name) => _adapter!.Replacements.TryGetValue(name, out Tensor? own) ? own : OfBase(name);

    private Tensor OfBase(string name) => tensor(ReadBase(name), [.. _base.Tensors[name]]);

    private float[] ReadBase(string name)
    {
        IReadOnlyList<long> shape = _file.Shape(name == HeadName && Config.TiedHead ? EmbeddingName : name)!;
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        _file.Read(name, 0, values);
        return _file.RowOrder(name) is { } order ? InOrder(values, shape[0], order) : values;
    }

    private static float[] InOrder(float[] stored, long rows, Func<long, long> order)
    {
        float[] values = new float[stored.Length];
        int width = (int)(stored.Length / rows);
        for (long row = 0; row < rows; row++) stored.AsSpan((int)(order(row) * width), width).CopyTo(values.AsSpan((int)(row * width)));
        return values;
    }
}
