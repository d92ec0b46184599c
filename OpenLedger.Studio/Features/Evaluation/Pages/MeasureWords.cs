using System.Globalization;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Evaluation.Pages;

/// <summary>The measures in words and figures. Reads nothing.</summary>
internal static class MeasureWords
{
    public static string Title(Measure measure) => measure switch
    {
        Measure.Perplexity => "Perplexity",
        Measure.Choice => "Right choice of four",
        Measure.Exact => "Exactly right",
        Measure.F1 => "Shared words (F1)",
        Measure.Bleu => "BLEU",
        Measure.Rouge1 => "ROUGE-1",
        Measure.Rouge2 => "ROUGE-2",
        Measure.RougeL => "ROUGE-L",
    };

    public static string Text(Measure measure) => measure switch
    {
        Measure.Perplexity => "among how many equally likely tokens it wavers; lower is better",
        Measure.Choice => "finds the row's own answer likelier than three other rows'",
        Measure.Exact => "the answer is the row's, word for word",
        Measure.F1 => "words it shares with the row's answer",
        Measure.Bleu => "runs of one to four words it shares, 0 to 100",
        Measure.Rouge1 => "single words it shares",
        Measure.Rouge2 => "pairs of words it shares",
        Measure.RougeL => "the longest thread of words it shares, in order",
    };

    /// <summary>Over how many rows it was measured: not every measure takes all.</summary>
    public static string Rows(Comparison one) => one.Rows == 1 ? "1 row" : $"{one.Rows:N0} rows";

    public static string Value(Measure measure, double value) => measure switch
    {
        Measure.Perplexity or Measure.Bleu => value.ToString("F2", CultureInfo.InvariantCulture),
        _ => (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary>"−0.58 (−0.64 to −0.53)".</summary>
    public static string Change(Comparison one) =>
        $"{Signed(one, one.Change.Difference)} ({Signed(one, one.Change.Low)} to {Signed(one, one.Change.High)})";

    public static string Verdict(Comparison one) => one.IsBetter switch { true => "Better", false => "Worse", null => "No clear change" };

    /// <summary>"Better by perplexity; no clear difference by BLEU." Clear is what the interval has on one side of nothing.</summary>
    public static string Summary(EvaluationReport report)
    {
        string[] said = [.. new[] { ("better by", (bool?)true), ("worse by", false), ("no clear difference by", null) }
            .Select(one => (Words: one.Item1, Names: string.Join(", ", report.Measures.Where(measure => measure.IsBetter == one.Item2).Select(measure => Name(measure.Measure)))))
            .Where(one => one.Names.Length > 0).Select(one => $"{one.Words} {one.Names}")];
        string sentence = string.Join("; ", said) + ".";
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + (report.Forgetting is { IsBetter: false } ? $" It became worse on {report.ProbeName}." : "");
    }

    public static Tone ToneOf(EvaluationReport report) =>
        report.Measures.Any(one => one.IsBetter == false) || report.Forgetting is { IsBetter: false } ? Tone.Warn : report.Measures.Any(one => one.IsBetter == true) ? Tone.Ok : Tone.Info;

    // "BLEU" stays, "Perplexity" becomes a word in a sentence.
    private static string Name(Measure measure) => Title(measure) is var title && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : Title(measure);

    private static string Signed(Comparison one, double value)
    {
        double shown = one.Measure is Measure.Perplexity or Measure.Bleu ? value : 100 * value;
        string digits = Math.Abs(shown).ToString(one.Measure is Measure.Perplexity or Measure.Bleu ? "F2" : "F1", CultureInfo.InvariantCulture);
        return (shown < 0 ? "−" : "+") + digits;
    }
}
