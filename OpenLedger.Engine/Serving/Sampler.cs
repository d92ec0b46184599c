namespace OpenLedger.Engine.Serving;

/// <summary>
/// Turns logits into probabilities and draws from them, in the reference's order: repetition penalty, temperature, top-k, top-p, min-p
/// (transformers' logits processors). Knows nothing of text.
/// </summary>
public static class Sampler
{
    /// <summary>The token chosen for a step.</summary>
    /// <param name="logits">One for each token; spoilt by the call.</param>
    /// <param name="previous">Tokens read and written so far, for the repetition penalty.</param>
    /// <param name="options">How to choose.</param>
    /// <param name="seed">The generation's seed.</param>
    /// <param name="step">Which token of the generation this is, so that a draw depends on nothing else.</param>
    public static int Choose(Span<float> logits, IReadOnlyCollection<int> previous, SamplingOptions options, long seed, int step)
    {
        if (options.Temperature > 0) return Draw(Probabilities(logits, previous, options), UnitDraw(seed, step));
        Penalize(logits, previous, options.RepetitionPenalty);
        return System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
    }

    /// <summary>The probability of each token after all rules.</summary>
    public static double[] Probabilities(Span<float> logits, IReadOnlyCollection<int> previous, SamplingOptions options)
    {
        Penalize(logits, previous, options.RepetitionPenalty);
        double[] scores = new double[logits.Length];
        double divisor = options.Temperature > 0 ? options.Temperature : 1;
        for (int i = 0; i < scores.Length; i++) scores[i] = logits[i] / divisor;
        if (options.TopK > 0 && options.TopK < scores.Length) KeepTopK(scores, options.TopK);
        double[] probabilities = Softmax(scores);
        if (options.TopP < 1) probabilities = KeepTopP(scores, probabilities, options.TopP);
        if (options.MinP > 0) probabilities = KeepMinP(scores, probabilities, options.MinP);
        return probabilities;
    }

    private static void Penalize(Span<float> logits, IReadOnlyCollection<int> previous, double penalty)
    {
        if (penalty == 1) return;
        foreach (int id in previous.Distinct())
            if (id >= 0 && id < logits.Length) logits[id] = (float)(logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty);
    }

    private static void KeepTopK(double[] scores, int count)
    {
        double[] sorted = [.. scores];
        Array.Sort(sorted);
        double least = sorted[^count];
        for (int i = 0; i < scores.Length; i++)
            if (scores[i] < least) scores[i] = double.NegativeInfinity;
    }

    // Walks up from the least likely and drops until what is dropped would exceed 1 - p; among equals the earlier id goes first.
    private static double[] KeepTopP(double[] scores, double[] probabilities, double topP)
    {
        double allowed = 1 - topP, dropped = 0, tiny = allowed / scores.Length;
        List<int> candidates = [];
        for (int i = 0; i < scores.Length; i++)
        {
            // All that are rarer than their equal part of what may go do go, and need no sorting.
            if (probabilities[i] >= tiny && probabilities[i] > 0) candidates.Add(i);
            else { dropped += probabilities[i]; scores[i] = double.NegativeInfinity; }
        }
        candidates.Sort((a, b) => scores[a] != scores[b] ? scores[a].CompareTo(scores[b]) : a.CompareTo(b));
        foreach (int i in candidates.Take(candidates.Count - 1))
        {
            dropped += probabilities[i];
            if (dropped > allowed) break;
            scores[i] = double.NegativeInfinity;
        }
        return Softmax(scores);
    }

    private static double[] KeepMinP(double[] scores, double[] probabilities, double minP)
    {
        double least = probabilities.Max() * minP;
        for (int i = 0; i < scores.Length; i++)
            if (probabilities[i] < least) scores[i] = double.NegativeInfinity;
        return Softmax(scores);
    }

    private static double[] Softmax(double[] scores)
    {
        double largest = scores.Max(), sum = 0;
        double[] output = new double[scores.Length];
        for (int i = 0; i < scores.Length; i++) sum += output[i] = Math.Exp(scores[i] - largest);
        for (int i = 0; i < output.Length; i++) output[i] /= sum;
        return output;
    }

    private static int Draw(double[] probabilities, double at)
    {
        int last = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] <= 0) continue;
            last = i;
            at -= probabilities[i];
            if (at < 0) return i;
        }
        return last; // rounding left a sliver above the sum
    }

    // SplitMix64 (Steele et al. 2014): the step's own number, the same on every machine.
    private static double UnitDraw(long seed, int step)
    {
        ulong z = unchecked((ulong)seed + (ulong)(step + 1) * 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
