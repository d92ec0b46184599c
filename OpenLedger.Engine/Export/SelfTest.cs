using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Export;

/// <summary>What the Studio answers to the test's prompts, to be compared with what an export answers. Holds no weights.</summary>
public sealed class SelfTest
{
    private const int AnswerTokens = 24;
    private readonly IReadOnlyList<Answer> _answers;
    private readonly double _perplexity;

    private SelfTest(IReadOnlyList<Answer> answers, double perplexity) => (_answers, _perplexity) = (answers, perplexity);

    /// <summary>Lets the model of the Studio answer: the base with the adapter beside it.</summary>
    public static SelfTest Take(LanguageModel model, LoraWeights? adapter, IReadOnlyList<int[]> prompts, CancellationToken cancel)
    {
        Answer[] answers = [.. prompts.Select(prompt => Greedy(model, adapter, prompt, cancel))];
        return new(answers, PerplexityOf(model, adapter, answers, cancel));
    }

    /// <summary>Lets the export answer, and compares.</summary>
    public SelfTestResult Compare(LanguageModel model, LoraWeights? adapter, ExportFormat format, CancellationToken cancel)
    {
        double perplexity = PerplexityOf(model, adapter, _answers, cancel);
        int identical = 0, tokens = 0;
        string? different = null;
        foreach (Answer wanted in _answers)
        {
            int sure = wanted.Margins.TakeWhile(margin => margin >= Rounding(format)).Count();
            Answer found = Greedy(model, adapter, wanted.Prompt, cancel);
            int equal = wanted.Ids.Zip(found.Ids).TakeWhile(pair => pair.First == pair.Second).Count();
            if (equal == wanted.Ids.Length) identical++;
            else if (equal < sure) different ??= $"token {equal + 1} of an answer is {found.Ids[equal]} where the Studio says {wanted.Ids[equal]}{MixtureHint(model, format)}";
            tokens += equal;
        }
        return SelfTestResult.For(format, _answers.Count, identical, tokens, _perplexity, perplexity, different);
    }

    // By how much the likeliest token must lead before rounding of this format may no longer change it, in logits.
    private static double Rounding(ExportFormat format) => format == ExportFormat.GgufF16 ? 0.05 : 1e-3;

    // Where two experts score nearly alike, rounding of what came before decides between them, and the answer may jump: no lead of a token is safe from that.
    private static string MixtureHint(LanguageModel model, ExportFormat format) => model.Config.Mixture is null || format != ExportFormat.GgufF16 ? ""
        : ", and in a mixture of experts, rounding to 16 bits can send a token to another expert: export merged safetensors, in which nothing is rounded";

    private static Answer Greedy(LanguageModel model, LoraWeights? adapter, int[] prompt, CancellationToken cancel)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using KvCache cache = model.NewCache();
        List<int> ids = [];
        List<double> margins = [];
        int[] next = prompt;
        while (ids.Count < AnswerTokens)   // past the end mark too: what a model says after it must agree as well
        {
            cancel.ThrowIfCancellationRequested();
            (int id, double margin) = Likeliest(model, adapter, next, cache);
            ids.Add(id);
            margins.Add(margin);
            next = [id];
        }
        return new([.. prompt], [.. ids], [.. margins]);
    }

    private static (int Id, double Margin) Likeliest(LanguageModel model, LoraWeights? adapter, int[] ids, KvCache cache)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = model.Hidden(tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Length]), cache, adapter);   // [1, tokens, width]
        (Tensor values, Tensor places) = model.Logits(hidden.narrow(1, ids.Length - 1, 1), adapter).reshape(-1).topk(2);
        return ((int)places[0].ToInt64(), values[0].ToDouble() - values[1].ToDouble());
    }

    private static double PerplexityOf(LanguageModel model, LoraWeights? adapter, IReadOnlyList<Answer> answers, CancellationToken cancel)
    {
        double sum = 0;
        int tokens = 0;
        foreach (Answer answer in answers)
        {
            cancel.ThrowIfCancellationRequested();
            int[] whole = [.. answer.Prompt, .. answer.Ids];
            Continuation score = Continuation.Score(model, adapter, whole.AsSpan(0, 1), whole.AsSpan(1));
            (sum, tokens) = (sum + score.LogLikelihood, tokens + score.Tokens);
        }
        return Math.Exp(-sum / Math.Max(1, tokens));
    }

    private sealed record Answer(int[] Prompt, int[] Ids, double[] Margins);
}
