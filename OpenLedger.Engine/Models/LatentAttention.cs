using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>DeepSeek's latent attention, expanded: one narrow vector a token makes all heads' keys and values; one rotated key serves all heads.</summary>
internal sealed class LatentAttention : Attention
{
    private readonly ModelConfig _config;
    private readonly LatentConfig _latent;
    private readonly int _layer;
    private readonly Linear? _queryDown;
    private readonly Norm? _queryNorm;
    private readonly Linear _query, _down, _up, _output;
    private readonly Norm _norm;
    private readonly RotaryTable _rotary;
    private readonly AttentionCore _core;

    public LatentAttention(WeightLoader loader, ModelConfig config, WeightNames names, int layer, RotaryTable rotary, Device device)
    {
        (_config, _latent, _layer, _rotary, _core) = (config, config.Latent!, layer, rotary, Core(config, layer, device));
        string prefix = $"{names.Layers}{layer}.self_attn.";
        long heads = config.Heads, queries = heads * config.HeadWidth;
        if (_latent.QueryRank is { } rank)
        {
            _queryDown = Linear.Load(loader, prefix + "q_a_proj", config.Width, rank);
            _queryNorm = Norm.Load(loader, config, prefix + "q_a_layernorm", rank, _latent.NormEpsilon);
        }
        _query = Linear.Load(loader, prefix + (_latent.QueryRank is null ? "q_proj" : "q_b_proj"), _latent.QueryRank ?? config.Width, queries);
        _down = Linear.Load(loader, prefix + "kv_a_proj_with_mqa", config.Width, _latent.KeyValueRank + _latent.RotaryWidth);
        _norm = Norm.Load(loader, config, prefix + "kv_a_layernorm", _latent.KeyValueRank, _latent.NormEpsilon);
        _up = Linear.Load(loader, prefix + "kv_b_proj", _latent.KeyValueRank, heads * (_latent.PlainWidth + _latent.ValueWidth));
        _output = Linear.Load(loader, prefix + "o_proj", heads * _latent.ValueWidth, config.Width);
    }

    public override IEnumerable<Linear> Linears => _queryDown is null ? [_query, _down, _up, _output] : [_queryDown, _query, _down, _up, _output];

    public override Tensor Forward(Tensor x, Reading reading, KvCache? cache, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = x.shape[0], tokens = x.shape[1];
        int heads = _config.Heads, plain = _latent.PlainWidth, turning = _latent.RotaryWidth;
        (Tensor cosines, Tensor sines) = reading.Rotary(_rotary);

        Tensor narrow = _queryDown is null ? x : _queryNorm!.Forward(_queryDown.Forward(x, pass), pass);
        Tensor queries = _query.Forward(narrow, pass).view(batch, tokens, heads, plain + turning).transpose(1, 2);
        Tensor turned = _rotary.Turn(queries.narrow(3, plain, turning), cosines, sines);
        queries = cat([queries.narrow(3, 0, plain), turned], 3);                                      // [batch, heads, tokens, width]

        Tensor down = _down.Forward(x, pass);
        Tensor sharedKey = _rotary.Turn(down.narrow(2, _latent.KeyValueRank, turning).unsqueeze(1), cosines, sines);   // [batch, 1, tokens, turning]
        Tensor up = _up.Forward(_norm.Forward(down.narrow(2, 0, _latent.KeyValueRank), pass), pass).view(batch, tokens, heads, plain + _latent.ValueWidth).transpose(1, 2);
        Tensor keys = cat([up.narrow(3, 0, plain), sharedKey.expand(-1, heads, -1, -1)], 3);
        Tensor values = up.narrow(3, plain, _latent.ValueWidth);

        if (cache is not null) (keys, values) = cache.Append(_layer, keys, values);
        return _output.Forward(_core.Forward(queries, keys, values, reading), pass).MoveToOuterDisposeScope();
    }

    public override void Dispose()
    {
        foreach (Linear linear in Linears) linear.Dispose();
        _queryNorm?.Dispose();
        _norm.Dispose();
    }
}
