using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>One layer's mixture of experts: each token is sent to a few, and to a shared one where there is one.</summary>
internal sealed class Mixture : IDisposable
{
    private readonly MixtureConfig _config;
    private readonly string _routerName, _sharedGateName;
    private readonly Tensor _router;          // [experts, width]
    private readonly Tensor? _correction;     // [experts]
    private readonly FeedForward[] _experts;
    private readonly FeedForward? _shared;
    private readonly Tensor? _sharedGate;     // [1, width]

    public Mixture(WeightLoader loader, ModelConfig config, WeightNames names, string prefix)
    {
        _config = config.Mixture!;
        (_routerName, _sharedGateName) = ($"{prefix}{names.Router}.weight", $"{prefix}mlp.shared_expert_gate.weight");
        _router = loader.Require(_routerName, _config.Experts, config.Width);
        if (_config.Sigmoid) _correction = loader.Require($"{prefix}{names.Router}.e_score_correction_bias", _config.Experts);
        _experts = [.. Enumerable.Range(0, _config.Experts).Select(e => new FeedForward(loader, config, Expert(names, e), prefix, _config.Inner))];
        if (_config.SharedInner == 0) return;
        _shared = new FeedForward(loader, config, Shared(names, _config.SharedGate ? "shared_expert" : "shared_experts"), prefix, _config.SharedInner);
        if (_config.SharedGate) _sharedGate = loader.Require(_sharedGateName, 1, config.Width);
    }

    /// <summary>The linear layers that an adapter may stand on: the shared expert's. Routed experts have none.</summary>
    public IEnumerable<Linear> Linears => _shared?.Linears ?? [];

    /// <summary>[..., width] to the same.</summary>
    public Tensor Forward(Tensor x, in Pass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = x.reshape(-1, x.shape[^1]);                            // [tokens, width]
        (Tensor chosen, Tensor weights) = Route(flat, pass);                  // each [tokens, active]
        Tensor sum = zeros_like(flat);
        for (int e = 0; e < _experts.Length; e++)
        {
            Tensor where = chosen.eq(e).nonzero();                           // [hits, 2]: token, place
            if (where.shape[0] == 0) continue;
            (Tensor tokens, Tensor places) = (where.select(1, 0), where.select(1, 1));
            Tensor weight = weights.index_select(0, tokens).gather(1, places.unsqueeze(1));   // [hits, 1]
            sum = sum.index_add(0, tokens, _experts[e].Forward(flat.index_select(0, tokens), pass) * weight, 1);
        }
        if (_shared is not null)
        {
            Tensor shared = _shared.Forward(flat, pass);
            sum = sum + (_sharedGate is null ? shared : shared * nn.functional.linear(flat, pass.Replacement(_sharedGateName) ?? _sharedGate).sigmoid());
        }
        return sum.view_as(x).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _router.Dispose();
        _correction?.Dispose();
        foreach (FeedForward expert in _experts) expert.Dispose();
        _shared?.Dispose();
        _sharedGate?.Dispose();
    }

    private (Tensor Chosen, Tensor Weights) Route(Tensor flat, in Pass pass)
    {
        Tensor logits = nn.functional.linear(flat, pass.Replacement(_routerName) ?? _router);
        Tensor scores = _config.Sigmoid ? logits.sigmoid() : logits.softmax(-1);
        Tensor ranked = _correction is null ? scores : scores + _correction;
        if (_config.Groups > 1) ranked = Open(ranked);
        (_, Tensor chosen) = ranked.topk(_config.Active, -1, largest: true, sorted: false);
        Tensor weights = scores.gather(1, chosen);
        if (_config.Normalise) weights = weights / (weights.sum(-1, keepdim: true) + (_config.Sigmoid ? 1e-20 : 0));
        return (chosen, weights * _config.Scale);
    }

    // DeepSeek: only the experts of the best groups stay open. A group's worth is its best expert (V2) or its two best (V3).
    private Tensor Open(Tensor ranked)
    {
        Tensor groups = ranked.view(-1, _config.Groups, _config.Experts / _config.Groups);
        Tensor worth = _config.Sigmoid ? groups.topk(2, -1, true, true).values.sum(-1) : groups.amax([-1]);
        (_, Tensor best) = worth.topk(_config.ActiveGroups, -1, true, false);
        Tensor open = zeros_like(worth).scatter(1, best, ones_like(worth)).unsqueeze(-1).expand(groups.shape).reshape(ranked.shape);
        return ranked.masked_fill(open.eq(0), double.NegativeInfinity);   // not 0: a correction may be negative (DeepSeek's own later mend)
    }

    private static WeightNames Expert(WeightNames names, int expert) => names with
    {
        Gate = $"{names.Experts}{expert}.{names.ExpertGate}",
        Up = $"{names.Experts}{expert}.{names.ExpertUp}",
        Down = $"{names.Experts}{expert}.{names.ExpertDown}",
    };

    private static WeightNames Shared(WeightNames names, string expert) => names with
    {
        Gate = names.Gate.Replace("mlp.", $"mlp.{expert}.", StringComparison.Ordinal),
        Up = names.Up.Replace("mlp.", $"mlp.{expert}.", StringComparison.Ordinal),
        Down = names.Down.Replace("mlp.", $"mlp.{expert}.", StringComparison.Ordinal),
    };
}
