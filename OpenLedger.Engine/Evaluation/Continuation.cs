using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Evaluation;

/// <summary>How likely a model finds a continuation of a context. Knows nothing of text.</summary>
/// <param name="LogLikelihood">Sum of the tokens' log-probabilities, in nats.</param>
/// <param name="Tokens">How many tokens.</param>
/// <param name="IsGreedy">Whether each token is the likeliest one at its place.</param>
public sealed record Continuation(double LogLikelihood, int Tokens, bool IsGreedy)
{
    private const int Stretch = 128;   // positions whose logits stand in memory at once

    /// <summary>Reads context and continuation in one pass.</summary>
    /// <exception cref="ArgumentException">There is no context: the first token has nothing that foretells it.</exception>
    public static Continuation Score(LanguageModel model, LoraWeights? adapter, ReadOnlySpan<int> context, ReadOnlySpan<int> continuation)
    {
        if (context.IsEmpty) throw new ArgumentException("a continuation needs at least one token before it", nameof(context));
        if (continuation.IsEmpty) return new(0, 0, true);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        long[] ids = [.. context.ToArray().Concat(continuation[..^1].ToArray()).Select(id => (long)id)];
        long[] targets = [.. continuation.ToArray().Select(id => (long)id)];
        Tensor hidden = model.Hidden(tensor(ids, [1, ids.Length]), adapter: adapter)[0].narrow(0, context.Length - 1, targets.Length);   // [continuation, width]
        double sum = 0;
        bool greedy = true;
        for (int start = 0; start < targets.Length; start += Stretch)
        {
            using DisposeScope stretch = NewDisposeScope();
            long[] part = targets[start..Math.Min(targets.Length, start + Stretch)];
            Tensor logits = model.Logits(hidden.narrow(0, start, part.Length), adapter), wanted = tensor(part, device: logits.device);   // [stretch, vocabulary]
            sum += logits.log_softmax(-1).gather(1, wanted.unsqueeze(1)).sum(ScalarType.Float64).ToDouble();
            greedy &= logits.argmax(-1).eq(wanted).all().ToBoolean();
        }
        return new(sum, targets.Length, greedy);
    }
}
