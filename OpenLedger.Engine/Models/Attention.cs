using OpenLedger.Engine.Adapters;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One layer's attention: projections, norms, rotation, cache. What differs between families is in its configuration.</summary>
internal abstract class Attention : IDisposable
{
    /// <summary>The linear layers that an adapter may stand on.</summary>
    public abstract IEnumerable<Linear> Linears { get; }

    /// <summary>[batch, tokens, width] to the same.</summary>
    public abstract Tensor Forward(Tensor x, Reading reading, KvCache? cache, in Pass pass);

    public abstract void Dispose();

    /// <summary>The scores' rule in a layer.</summary>
    protected static AttentionCore Core(ModelConfig config, int layer, Device device)
    {
        double scale = (config.AttentionScale ?? 1 / Math.Sqrt(config.HeadWidth)) / (config.ScaleByLayer ? layer + 1 : 1);
        Tensor? slopes = config.Positions != PositionKind.Alibi ? null
            : tensor(Alibi.Slopes(config.Heads), [1, config.Heads, 1, 1], device: device).DetachFromDisposeScope();
        return new AttentionCore(scale, config.AttentionCap, config.IsWindowed(layer) ? config.Window : null, slopes) { SlopesAsFalcon = config.AlibiAsFalcon };
    }
}

/// <summary>Attention with queries, keys and values of their own, fused or apart (all families but DeepSeek V2 and V3).</summary>
internal sealed class HeadAttention : Attention
{
    private readonly ModelConfig _config;
    private readonly int _layer;
    private readonly Linear[] _projections;   // query, key, value; or one for all
    private readonly Linear _output;
    private readonly Norm? _queryNorm, _keyNorm;
    private readonly RotaryTable? _rotary;
    private readonly AttentionCore _core;

    public HeadAttention(WeightLoader loader, ModelConfig config, WeightNames names, int layer, RotaryTable? rotary, Device device)
    {
        (_config, _layer, _rotary, _core) = (config, layer, rotary, Core(config, layer, device));
        string prefix = $"{names.Layers}{layer}.";
        long queries = (long)config.Heads * config.HeadWidth, keys = (long)config.KeyValueHeads * config.HeadWidth;
        Linear Load(string name, long input, long output) => Linear.Load(loader, prefix + name, input, output, config.Transposed);
        _projections = config.Fused == FusedLayout.None
            ? [Load(names.Query, config.Width, queries), Load(names.Key, config.Width, keys), Load(names.Value, config.Width, keys)]
            : [Load(names.Fused, config.Width, queries + 2 * keys)];
        _output = Load(names.Output, queries, config.Width);
        if (!config.NormQueryKey) return;
        _queryNorm = Norm.Load(loader, config, prefix + names.QueryNorm, config.HeadWidth);
        _keyNorm = Norm.Load(loader, config, prefix + names.KeyNorm, config.HeadWidth);
    }

    public override IEnumerable<Linear> Linears => [.. _projections, _output];

    public override Tensor Forward(Tensor x, Reading reading, KvCache? cache, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor queries, Tensor keys, Tensor values) = Split(x, pass);   // each [batch, tokens, heads, width]
        if (_queryNorm is not null) queries = _queryNorm.Forward(queries, pass);
        if (_keyNorm is not null) keys = _keyNorm.Forward(keys, pass);
        (queries, keys, values) = (queries.transpose(1, 2), keys.transpose(1, 2), values.transpose(1, 2));
        if (_rotary is not null)
        {
            (Tensor cosines, Tensor sines) = reading.Rotary(_rotary);
            (queries, keys) = (_rotary.Turn(queries, cosines, sines), _rotary.Turn(keys, cosines, sines));
        }
        if (cache is not null) (keys, values) = cache.Append(_layer, keys, values);
        Tensor mixed = _core.Forward(queries, keys, values, reading);
        return _output.Forward(mixed, pass).MoveToOuterDisposeScope();
    }

    public override void Dispose()
    {
        foreach (Linear linear in Linears) linear.Dispose();
        _queryNorm?.Dispose();
        _keyNorm?.Dispose();
        _core.Slopes?.Dispose();
    }

    private (Tensor Queries, Tensor Keys, Tensor Values) Split(Tensor x, in Pass pass)
    {
        long heads = _config.Heads, shared = _config.KeyValueHeads, width = _config.HeadWidth, group = heads / shared;
        if (_config.Fused == FusedLayout.None)
        {
            return (Heads(_projections[0].Forward(x, pass), heads, width), Heads(_projections[1].Forward(x, pass), shared, width), Heads(_projections[2].Forward(x, pass), shared, width));
        }
        Tensor all = _projections[0].Forward(x, pass);
        if (_config.Fused == FusedLayout.Blocks)
        {
            Tensor blocks = Heads(all, heads + 2 * shared, width);
            return (blocks.narrow(2, 0, heads), blocks.narrow(2, heads, shared), blocks.narrow(2, heads + shared, shared));
        }
        Tensor groups = all.view(x.shape[0], x.shape[1], shared, group + 2, width);
        return (groups.narrow(3, 0, group).flatten(2, 3), groups.select(3, group), groups.select(3, group + 1));
    }

    private static Tensor Heads(Tensor x, long heads, long width) => x.view(x.shape[0], x.shape[1], heads, width);
}
