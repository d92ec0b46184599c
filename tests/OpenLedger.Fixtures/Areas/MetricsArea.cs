using System.Globalization;
using System.Text.Json;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Scores of answers against sacrebleu, rouge-score and SQuAD's own script, and likelihoods against lm-evaluation-harness.</summary>
internal sealed class MetricsArea : IFixtureArea
{
    public string Name => "metrics";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        string texts = Path.Combine(folder, "text-metrics.json"), choices = Path.Combine(folder, "multiple-choice.json");
        if (File.Exists(texts)) foreach (FixtureCase found in RunTexts(JsonDocument.Parse(File.ReadAllBytes(texts)).RootElement)) yield return found;
        if (File.Exists(choices)) foreach (FixtureCase found in RunChoices(JsonDocument.Parse(File.ReadAllBytes(choices)).RootElement)) yield return found;
    }

    private static IEnumerable<FixtureCase> RunTexts(JsonElement root)
    {
        (string Said, string Wanted, JsonElement Numbers)[] items = [.. root.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("prediction").GetString()!, item.GetProperty("reference").GetString()!, item))];
        foreach ((string name, Func<string, string, double> score) in Measures())
            yield return FixtureCase.Of($"text {name}", () => FixtureCase.Within($"text {name}", items.Max(item => Math.Abs(score(item.Said, item.Wanted) - item.Numbers.GetProperty(name).GetDouble())), 1e-6));
        yield return FixtureCase.Within("text corpus_bleu", Math.Abs(Bleu.Sum(items.Select(item => Bleu.Of(item.Said, item.Wanted))).Score() - root.GetProperty("corpus_bleu").GetDouble()), 1e-6);
        yield return FixtureCase.Within("text corpus_chrf", Math.Abs(Chrf.Sum(items.Select(item => Chrf.Of(item.Said, item.Wanted))).Score() - root.GetProperty("corpus_chrf").GetDouble()), 1e-6);
    }

    private static IEnumerable<(string Name, Func<string, string, double> Score)> Measures() =>
    [
        ("exact_match", AnswerMatch.Exact),
        ("f1", AnswerMatch.F1),
        ("rouge1", (said, wanted) => Rouge.N(said, wanted, 1)),
        ("rouge2", (said, wanted) => Rouge.N(said, wanted, 2)),
        ("rougeL", Rouge.L),
        ("sentence_bleu_exp_smoothing", (said, wanted) => Bleu.Of(said, wanted).Score(@short: true)),
    ];

    private static IEnumerable<FixtureCase> RunChoices(JsonElement root)
    {
        using GgufFile file = GgufFile.Open(FixtureFolders.StarterModel());
        Tokenizer tokenizer = Tokenizer.FromGguf(file);
        using LanguageModel model = LanguageModel.Load(FixtureFolders.StarterModel());
        int number = 0;
        foreach (JsonElement one in root.GetProperty("cases").EnumerateArray())
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"choice {number++}");
            yield return FixtureCase.Of(name, () => CheckChoice(name, one, model, tokenizer));
        }
        if (!root.TryGetProperty("rolling", out JsonElement rolling)) yield break;
        foreach (int window in (int[])[2048, 128]) yield return FixtureCase.Of($"rolling {window}", () => CheckRolling($"rolling {window}", rolling, window, model, tokenizer));
    }

    private static FixtureCase CheckChoice(string name, JsonElement one, LanguageModel model, Tokenizer tokenizer)
    {
        string[] choices = [.. one.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()!)];
        MultipleChoice asked = MultipleChoice.Ask(model, null, tokenizer, one.GetProperty("context").GetString()!, choices);
        double worst = one.GetProperty("loglikelihood").EnumerateArray().Select((wanted, i) => Math.Abs(wanted.GetDouble() - asked.Scores[i].LogLikelihood)).Max();
        bool greedy = one.GetProperty("is_greedy").EnumerateArray().Select(wanted => wanted.GetBoolean()).SequenceEqual(asked.Scores.Select(score => score.IsGreedy));
        bool picks = asked.Pick == one.GetProperty("pick").GetInt32() && asked.PickByLength == one.GetProperty("pick_by_length").GetInt32();
        return FixtureCase.Within(name, worst, 2e-3, picks && greedy ? null : $"picks {asked.Pick} and {asked.PickByLength}, greedy {string.Join(' ', asked.Scores.Select(score => score.IsGreedy))}");
    }

    private static FixtureCase CheckRolling(string name, JsonElement rolling, int window, LanguageModel model, Tokenizer tokenizer)
    {
        string[] texts = [.. rolling.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
        RollingPerplexity measured = RollingPerplexity.Measure(model, null, tokenizer, texts, rolling.GetProperty("prefix_id").GetInt32(), window);
        double worst = rolling.GetProperty($"loglikelihood_{window}").EnumerateArray().Select((wanted, i) => Math.Abs(wanted.GetDouble() - measured.LogLikelihoods[i])).Max();
        string? wrong = window != 2048 || (Near(measured.ByWord, "word_perplexity", 1e-3) && Near(measured.ByByte, "byte_perplexity", 1e-5) && Near(measured.BitsPerByte, "bits_per_byte", 1e-5)) ? null
            : string.Create(CultureInfo.InvariantCulture, $"by word {measured.ByWord:F5}, by byte {measured.ByByte:F6}, bits {measured.BitsPerByte:F6}");
        return FixtureCase.Within(name, worst, 1e-2, wrong);

        bool Near(double ours, string field, double tolerance) => Math.Abs(ours - rolling.GetProperty(field).GetDouble()) <= tolerance;
    }
}
