using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One decoder layer: norms, attention and feed-forward, joined in its family's way.</summary>
internal sealed class DecoderLayer : IDisposable
{
    private readonly ModelConfig _config;
    private readonly Norm _attentionNorm;
    private readonly Norm? _attentionAfterNorm, _feedNorm, _feedAfterNorm;
    private readonly Attention _attention;
    private readonly FeedForward? _feed;
    private readonly Mixture? _mixture;

    public DecoderLayer(WeightLoader loader, ModelConfig config, WeightNames names, int layer, RotaryTable? rotary, Device device)
    {
        _config = config;
        string prefix = $"{names.Layers}{layer}.";
        Norm? NormOf(string? name) => name is null ? null : Norm.Load(loader, config, prefix + name, config.Width);
        _attentionNorm = NormOf(names.AttentionNorm)!;
        _attentionAfterNorm = NormOf(names.AttentionAfterNorm);
        _feedNorm = NormOf(names.FeedNorm);
        _feedAfterNorm = NormOf(names.FeedAfterNorm);
        _attention = config.Latent is null
            ? new HeadAttention(loader, config, names, layer, rotary, device)
            : new LatentAttention(loader, config, names, layer, rotary!, device);
        if (config.Mixture is { } mixture && mixture.Layers[layer]) _mixture = new Mixture(loader, config, names, prefix);
        else _feed = new FeedForward(loader, config, names, prefix, config.Inner);
    }

    /// <summary>The linear layers that an adapter may stand on, in the order of the pass.</summary>
    public IEnumerable<Linear> Linears => _attention.Linears.Concat(_feed?.Linears ?? _mixture!.Linears);

    /// <summary>[batch, tokens, width] to the same.</summary>
    public Tensor Forward(Tensor x, Reading reading, KvCache? cache, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor y = _config.Residual switch
        {
            ResidualShape.Sequential => Sequential(x, reading, cache, pass),
            ResidualShape.Parallel => Parallel(x, reading, cache, pass),
        };
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The same, to learn through.</summary>
    public LearnedPart Learn(Tensor x, Reading reading, Pass pass)
    {
        bool plain = _config is { Residual: ResidualShape.Sequential, ResidualAfterNorm: false } && _feed is not null && _attentionAfterNorm is null && _feedAfterNorm is null;
        if (!plain) return LearnedPart.Through(x, input => Forward(input, reading, null, pass));
        using DisposeScope scope = NewDisposeScope();
        Tensor before = x.alias();
        LearnedPart norm = _attentionNorm.Learn(before, pass);
        LearnedPart attended = LearnedPart.Through(norm.Output, normed => before + _attention.Forward(normed, reading, null, pass));
        LearnedPart feedNorm = _feedNorm!.Learn(attended.Output, pass);
        LearnedPart fed = _feed!.Learn(feedNorm.Output, pass);
        using IDisposable constant = no_grad();
        return new LearnedPart((attended.Output + fed.Output).MoveToOuterDisposeScope(), gradient =>
        {
            Tensor middle = feedNorm.Back(fed.Back(gradient)!)!.add_(gradient);
            return norm.Back(attended.Back(middle)!)!.add_(middle);
        }, norm, attended, feedNorm, fed);
    }

    public void Dispose()
    {
        foreach (IDisposable? part in new IDisposable?[] { _attentionNorm, _attentionAfterNorm, _feedNorm, _feedAfterNorm, _attention, _feed, _mixture }) part?.Dispose();
    }

    private Tensor Sequential(Tensor x, Reading reading, KvCache? cache, in Pass pass)
    {
        Tensor normed = _attentionNorm.Forward(x, pass);
        Tensor attended = _attention.Forward(normed, reading, cache, pass);
        if (_attentionAfterNorm is not null) attended = _attentionAfterNorm.Forward(attended, pass);
        Tensor middle = (_config.ResidualAfterNorm ? normed : x) + attended;
        Tensor normedAgain = _feedNorm!.Forward(middle, pass);
        Tensor fed = Feed(normedAgain, pass);
        if (_feedAfterNorm is not null) fed = _feedAfterNorm.Forward(fed, pass);
        return (_config.ResidualAfterNorm ? normedAgain : middle) + fed;
    }

    private Tensor Parallel(Tensor x, Reading reading, KvCache? cache, in Pass pass)
    {
        Tensor normed = _attentionNorm.Forward(x, pass);
        Tensor fed = Feed(_config.TwoParallelNorms ? _feedNorm!.Forward(x, pass) : normed, pass);
        return x + (fed + _attention.Forward(normed, reading, cache, pass));
    }

    private Tensor Feed(Tensor x, in Pass pass) => _feed is not null ? _feed.Forward(x, pass) : _mixture!.Forward(x, pass);
}
