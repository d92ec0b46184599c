using System.Diagnostics;
using System.Text;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Benchmarks;

/// <summary>The starter's tokenizer on English text, a core, beside the reference implementation's own (Rust, through Tokenizers.DotNet) on the same text.</summary>
internal static class TokenizerBenchmark
{
    private const int Rounds = 5;

    public static IEnumerable<Figure> Run()
    {
        string json = Repository.Starter("models/SmolLM2-135M-Instruct/tokenizer.json");
        Tokenizer ours = Tokenizer.FromJson(json);
        using Tokenizers.DotNet.Tokenizer peer = new(json);
        string[] rows = [.. SampleRows.Read().SelectMany(row => row.Turns).Select(turn => turn.Content)];
        string whole = string.Join('\n', rows);
        ours.Encode("warm");
        yield return new("tokenizer.first_sight", Rate([whole], text => ours.Encode(text).Length, rounds: 1), "MB/s", "higher", "no word seen before", Bar: 2);
        double reference = Rate(rows, text => peer.Encode(text).Length);
        yield return new("tokenizer.rows", Rate(rows, text => ours.Encode(text).Length), "MB/s", "higher", $"{rows.Length} texts one by one; the reference {reference:F1}", Bar: 2);
        double referenceWhole = Rate([whole], text => peer.Encode(text).Length);
        yield return new("tokenizer.one_text", Rate([whole], text => ours.Encode(text).Length), "MB/s", "higher", $"{whole.Length / 1e6:F1} MB in one string; the reference {referenceWhole:F1}", Bar: 2);
        yield return new("tokenizer.one_letter", Seconds(() => ours.Encode(new string('a', 1_000_000))), "s", "lower", "a million of one letter");
    }

    private static double Rate(string[] texts, Func<string, int> encode, int rounds = Rounds)
    {
        double bytes = texts.Sum(text => (double)Encoding.UTF8.GetByteCount(text));
        double best = double.MaxValue;
        for (int round = 0; round < rounds; round++) best = Math.Min(best, Seconds(() => texts.Sum(encode)));
        return bytes / 1e6 / best;
    }

    private static double Seconds(Func<object> act)
    {
        long began = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Seconds(Func<int> act) => Seconds(() => (object)act());
}
