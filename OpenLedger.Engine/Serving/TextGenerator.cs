using System.Runtime.CompilerServices;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// Writes answers with one model: streaming, cancellable, each with its own adapter over the same base. Generations at the same time take turns
/// token by token. Knows nothing of chats, prices or people.
/// </summary>
public sealed class TextGenerator : IDisposable
{
    private readonly LanguageModel _model;
    private readonly Tokenizer _tokenizer;
    private readonly HashSet<int> _stopTokens;
    private readonly RequestLimits _limits;
    private readonly TimeProvider _clock;
    private readonly PromptCache _cache;
    private readonly ModelGate _gate = new();

    /// <param name="model">The base; owned by the caller.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="stopTokens">Tokens that end an answer.</param>
    /// <param name="limits">What a request may ask.</param>
    /// <param name="clock">For the times in the summary.</param>
    /// <param name="cachedTokens">How many tokens' keys and values to keep between requests.</param>
    public TextGenerator(LanguageModel model, Tokenizer tokenizer, IEnumerable<int> stopTokens, RequestLimits limits, TimeProvider clock, int cachedTokens = 4096)
    {
        (_model, _tokenizer, _stopTokens, _limits, _clock) = (model, tokenizer, [.. stopTokens], limits, clock);
        _cache = new PromptCache(cachedTokens);
    }

    /// <summary>The limit a request breaks; null if it may run.</summary>
    public RequestProblem? Check(GenerationRequest request) => _limits.Check(request, _model.Config.MaxPositions, _model.Config.Vocabulary);

    /// <summary>Forgets all cached prompts, as when memory is needed.</summary>
    public void ForgetPrompts() => _cache.Clear();

    /// <summary>Writes an answer; the last update carries the summary.</summary>
    /// <exception cref="RequestRefusedException">The request breaks a limit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; all that was taken is freed.</exception>
    public async IAsyncEnumerable<GenerationUpdate> RunAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (Check(request) is { } problem) throw new RequestRefusedException(problem.Message);
        using Generation generation = new(_model, _cache, request, _clock, _stopTokens);
        StreamingDecoder decoder = new(_tokenizer);
        StopText stops = new(request.Stops);
        while (generation.Finish is null)
        {
            cancel.ThrowIfCancellationRequested();
            int? id = await _gate.RunAsync(generation.Step, cancel);
            if (id is null) continue;
            string text = generation.IsStopToken ? "" : stops.Push(decoder.Push(id.Value));
            if (stops.IsReached) generation.Stop();
            if (!generation.IsStopToken) yield return new GenerationUpdate(text, id, generation.LogProbability, null);
        }
        string rest = stops.IsReached ? "" : stops.Push(decoder.Flush());
        if (!stops.IsReached) rest += stops.Flush();
        yield return new GenerationUpdate(rest, null, null, generation.Summary());
    }

    public void Dispose()
    {
        _gate.Dispose();
        _cache.Dispose();
    }
}
