using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>The most likely continuations of prompts, token by token, for looking at a run's result. Knows nothing of text or of sampling.</summary>
public static class GreedyAnswer
{
    /// <summary>The continuation of one prompt.</summary>
    public static int[] To(LanguageModel model, LoraWeights? adapter, ReadOnlySpan<int> prompt, IReadOnlySet<int> stops, int limit, CancellationToken cancel) =>
        To(model, adapter, [prompt.ToArray()], stops, limit, cancel)[0];

    /// <summary>Continues prompts of any lengths side by side: a step reads the weights once for all of them, and that is what it takes its time for.</summary>
    /// <returns>By prompt, up to <paramref name="limit"/> token ids, the stopping token not among them; none past the model's context.</returns>
    public static int[][] To(LanguageModel model, LoraWeights? adapter, IReadOnlyList<int[]> prompts, IReadOnlySet<int> stops, int limit, CancellationToken cancel)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using KvCache cache = model.NewCache(prompts.Count);
        List<int>[] answers = [.. prompts.Select(_ => new List<int>())];
        bool[] ended = new bool[prompts.Count];
        int[][] next = [.. prompts];
        while (true)
        {
            for (int row = 0; row < next.Length; row++)
            {
                ended[row] |= answers[row].Count >= limit || prompts[row].Length + answers[row].Count > model.Config.MaxPositions;
                if (ended[row]) next[row] = [];
            }
            if (ended.All(end => end)) return [.. answers.Select(answer => answer.ToArray())];
            cancel.ThrowIfCancellationRequested();
            int[] tokens = Likeliest(model, adapter, next, cache);
            for (int row = 0; row < next.Length; row++)
            {
                ended[row] |= stops.Contains(tokens[row]);
                if (!ended[row]) answers[row].Add(tokens[row]);
                next[row] = [tokens[row]];
            }
        }
    }

    // Rows that have ended stay in the batch as padding.
    private static int[] Likeliest(LanguageModel model, LoraWeights? adapter, int[][] rows, KvCache cache)
    {
        using DisposeScope scope = NewDisposeScope();
        int longest = rows.Max(row => row.Length);
        long[] lengths = [.. rows.Select(row => (long)row.Length)];
        long[] padded = [.. rows.SelectMany(row => row.Select(id => (long)id).Concat(Enumerable.Repeat(0L, longest - row.Length)))];
        Tensor hidden = model.Hidden(tensor(padded, [rows.Length, longest], device: model.Device), cache, adapter, tensor(lengths)); // [rows, longest, width]
        Tensor last = tensor(lengths, device: model.Device).sub_(1).clamp_(0).view(-1, 1, 1).expand(-1, 1, hidden.shape[2]);
        Tensor logits = model.Logits(hidden.gather(1, last), adapter); // [rows, 1, vocabulary]
        return [.. logits.argmax(-1).flatten().cpu().data<long>().Select(id => (int)id)];
    }
}
