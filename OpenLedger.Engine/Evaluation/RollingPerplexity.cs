using System.Text;
using System.Text.RegularExpressions;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Evaluation;

/// <summary>How surprised a model is by whole texts of any length, each token foretold once, as lm-evaluation-harness counts (windows that roll over the text).</summary>
/// <param name="LogLikelihoods">Each text's, in nats.</param>
/// <param name="Words">Words of all texts together, split at white space.</param>
/// <param name="Bytes">Their UTF-8 bytes.</param>
public sealed partial record RollingPerplexity(IReadOnlyList<double> LogLikelihoods, int Words, int Bytes)
{
    /// <summary>Comparable between tokenizers.</summary>
    public double ByWord => Math.Exp(-LogLikelihoods.Sum() / Math.Max(1, Words));

    public double ByByte => Math.Exp(-LogLikelihoods.Sum() / Math.Max(1, Bytes));

    public double BitsPerByte => -LogLikelihoods.Sum() / Math.Max(1, Bytes) / Math.Log(2);

    /// <summary>Measures texts.</summary>
    /// <param name="prefix">The token before a text's first.</param>
    /// <param name="window">Most tokens that are read at once.</param>
    public static RollingPerplexity Measure(LanguageModel model, LoraWeights? adapter, Tokenizer tokenizer, IReadOnlyList<string> texts, int prefix, int window, CancellationToken cancel = default) => new(
        [.. texts.Select(text => LogLikelihood(model, adapter, tokenizer.Encode(text), prefix, window, cancel))],
        texts.Sum(text => Space().Split(text).Length), texts.Sum(Encoding.UTF8.GetByteCount));

    private static double LogLikelihood(LanguageModel model, LoraWeights? adapter, int[] ids, int prefix, int window, CancellationToken cancel)
    {
        double sum = 0;
        for (int done = 0; done < ids.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            int end = Math.Min(ids.Length, done + window);
            int from = end - window - 1;   // a last, shorter stretch takes as much before it as the window holds
            int[] before = done == 0 ? [prefix] : ids[Math.Max(0, from)..done];
            sum += Continuation.Score(model, adapter, before, ids.AsSpan(done, end - done)).LogLikelihood;
            done = end;
        }
        return sum;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
