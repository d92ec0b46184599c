using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Compares a model with stored numbers: logits alone and in a padded batch, greedy tokens with and without a cache.</summary>
internal static class Deviation
{
    /// <summary>The largest difference of two equally long lists; infinite where one holds no number.</summary>
    public static double Of(ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        if (ours.Length != theirs.Length) return double.PositiveInfinity;
        double worst = 0;
        for (int i = 0; i < ours.Length; i++) worst = double.IsNaN(ours[i]) ? double.PositiveInfinity : Math.Max(worst, Math.Abs((double)ours[i] - theirs[i]));
        return worst;
    }

    /// <summary>Logits of whole texts, row after row.</summary>
    public static float[] Logits(LanguageModel model, long[] ids, int rows, LoraWeights? adapter = null)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = tensor(ids, [rows, ids.Length / rows], int64);
        return model.Logits(model.Hidden(tokens, adapter: adapter), adapter).data<float>().ToArray();
    }

    /// <summary>The same texts read in two parts through a cache, the second row cut short and padded, so that the batch is uneven.</summary>
    public static double Cached(LanguageModel model, long[] ids, int rows, float[] expected)
    {
        int length = ids.Length / rows, vocabulary = expected.Length / ids.Length, first = length / 2;
        long[] lengths = [.. Enumerable.Range(0, rows).Select(row => (long)Math.Max(1, first - 3 * row))];
        using KvCache cache = model.NewCache(rows);
        double worst = Compare(first, (row, t) => t < lengths[row] ? t : -1, lengths);
        // Every row goes on from where it stands, one token at a time for three tokens, then the rest at once.
        for (int step = 0; step < 3; step++)
        {
            int at = step;
            worst = Math.Max(worst, Compare(1, (row, _) => (int)lengths[row] + at, null));
        }
        int rest = length - first - 3;
        return Math.Max(worst, Compare(rest, (row, t) => (int)lengths[row] + 3 + t, null));

        double Compare(int tokens, Func<int, int, int> place, long[]? real)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] part = [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, tokens).Select(t => place(row, t) is var p and >= 0 ? ids[row * length + p] : 0))];
            Tensor? count = real is null ? null : tensor(real);
            float[] logits = model.Logits(model.Hidden(tensor(part, [rows, tokens], int64), cache, lengths: count)).data<float>().ToArray();
            double largest = 0;
            for (int row = 0; row < rows; row++)
            {
                for (int t = 0; t < tokens; t++)
                {
                    if (place(row, t) is not (var p and >= 0)) continue;
                    largest = Math.Max(largest, Of(logits.AsSpan((row * tokens + t) * vocabulary, vocabulary), expected.AsSpan((row * length + p) * vocabulary, vocabulary)));
                }
            }
            return largest;
        }
    }

    /// <summary>Greedy tokens after a prompt.</summary>
    /// <param name="cached">Whether earlier tokens are kept, or read again for each new one.</param>
    public static long[] Greedy(LanguageModel model, long[] prompt, int count, bool cached, LoraWeights? adapter = null)
    {
        List<long> text = [.. prompt];
        using KvCache? cache = cached ? model.NewCache() : null;
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] next = cached && i > 0 ? [text[^1]] : [.. text];
            Tensor hidden = model.Hidden(tensor(next, [1, next.Length], int64), cache, adapter);
            text.Add(model.Logits(hidden.narrow(1, next.Length - 1, 1), adapter).argmax().ToInt64());
        }
        return [.. text.Skip(prompt.Length)];
    }
}
