using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>The most likely continuation of a prompt, token by token, for looking at a run's result. Knows nothing of text or of sampling.</summary>
public static class GreedyAnswer
{
    /// <summary>Up to <paramref name="limit"/> token ids, the stopping token not among them; none past the model's context.</summary>
    public static int[] To(LanguageModel model, LoraWeights? adapter, ReadOnlySpan<int> prompt, IReadOnlySet<int> stops, int limit, CancellationToken cancel)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using KvCache cache = model.NewCache(1);
        List<int> answer = [];
        int[] next = prompt.ToArray();
        while (answer.Count < limit && prompt.Length + answer.Count <= model.Config.MaxPositions)
        {
            cancel.ThrowIfCancellationRequested();
            int token = Likeliest(model, adapter, next, cache);
            if (stops.Contains(token)) break;
            answer.Add(token);
            next = [token];
        }
        return [.. answer];
    }

    private static int Likeliest(LanguageModel model, LoraWeights? adapter, int[] ids, KvCache cache)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Length], device: model.Device);
        Tensor hidden = model.Hidden(input, cache, adapter); // [1, tokens, width]
        Tensor logits = model.Logits(hidden.narrow(1, ids.Length - 1, 1), adapter); // [1, 1, vocabulary]
        return (int)logits.argmax().ToInt64();
    }
}
