using System.Numerics.Tensors;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Serving;

/// <summary>The state of one answer under way, a step at a time. Knows nothing of text.</summary>
internal sealed class Generation : IDisposable
{
    private readonly GenerationRequest _request;
    private readonly TimeProvider _clock;
    private readonly IReadOnlySet<int> _stopTokens;
    private readonly int _context;
    private readonly Sequence _sequence;
    private readonly Sequence? _without;
    private readonly long _seed, _started;
    private readonly List<int> _written = [];
    private TimeSpan? _first;
    private TimeSpan _total;
    private int _tokensOut;

    public Generation(LanguageModel model, PromptCache cache, GenerationRequest request, TimeProvider clock, IReadOnlySet<int> stopTokens)
    {
        (_request, _clock, _stopTokens, _context) = (request, clock, stopTokens, model.Config.MaxPositions);
        _started = clock.GetTimestamp();
        _seed = request.Sampling.Seed ?? Random.Shared.NextInt64(RequestLimits.LargestSeed);
        PromptKey key = PromptKey.Of(model.Hash, request.Adapter);
        _sequence = new Sequence(model, cache, key, request.Prompt, request.Adapter);
        _without = request.Contrast is null ? null : new Sequence(model, cache, key, request.Contrast.PromptWithout, request.Adapter);
    }

    /// <summary>Why it ended; null while it goes on.</summary>
    public FinishReason? Finish { get; private set; }

    /// <summary>Whether the last step's token was one that ends the answer.</summary>
    public bool IsStopToken { get; private set; }

    /// <summary>The last token's log-probability under the model, where asked for.</summary>
    public double? LogProbability { get; private set; }

    /// <summary>Ends it before the model does.</summary>
    public void Stop() => Finish = FinishReason.Stop;

    /// <summary>Reads on, or writes a token; null while the prompt is still being read.</summary>
    public int? Step()
    {
        if (_without is { IsAtEnd: false }) { _without.Step(); return null; }
        if (_sequence.Step() is not float[] logits) return null;
        float[]? without = _without?.Step();
        int id = Choose(logits, without);
        _total = _clock.GetElapsedTime(_started);
        _first ??= _total;
        _tokensOut++;
        IsStopToken = _stopTokens.Contains(id);
        if (IsStopToken) { Finish = FinishReason.Stop; return id; }
        _written.Add(id);
        _sequence.Add(id);
        _without?.Add(id);
        if (_tokensOut >= _request.MaxTokens || _sequence.Ids.Count >= _context || _without?.Ids.Count >= _context) Finish = FinishReason.Length;
        return id;
    }

    public GenerationSummary Summary() => new(Finish!.Value, _written, _request.Prompt.Count, _sequence.KnownAtStart, _tokensOut, _seed, _first ?? default, _total);

    public void Dispose()
    {
        _sequence.Dispose();
        _without?.Dispose();
    }

    private int Choose(float[] logits, float[]? without)
    {
        float[]? asTheModelSays = _request.WithLogProbabilities ? [.. logits] : null;
        if (without is not null) _request.Contrast!.Apply(logits, without);
        _request.Bias?.Apply(logits, _written);
        int id = Sampler.Choose(logits, _sequence.Ids, _request.Sampling, _seed, _tokensOut);
        LogProbability = asTheModelSays is null ? null : asTheModelSays[id] - LogSumExp(asTheModelSays);
        return id;
    }

    private static double LogSumExp(float[] logits)
    {
        double largest = TensorPrimitives.Max<float>(logits), sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }
}
