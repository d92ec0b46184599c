using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Serving;

/// <summary>Tries a model as a person would: words there and back, its template, ten tokens. Measures, and gives all memory back. Publishes nothing.</summary>
public static class TryModel
{
    /// <summary>Tokens that are written.</summary>
    public const int Tokens = 10;

    private const string Words = "Two lines, 3.5 % of them café,\n  and \"日本\" with 🙂.";
    private static readonly ChatTurn[] Question = [new(ChatTurn.User, "Name three colours.")];

    /// <summary>What it showed, and the hash of its weights.</summary>
    /// <exception cref="ModelException">It cannot be used; the message says why.</exception>
    public static async Task<(ModelCheck Check, Sha256Hash Hash)> RunAsync(string path, TimeProvider time, CancellationToken cancel)
    {
        long before = Environment.WorkingSet, began = time.GetTimestamp();
        using ChatModel chat = ChatModel.Load(path, cancel: cancel);
        double loading = time.GetElapsedTime(began).TotalSeconds;
        long parameters = LanguageModel.CountParameters(path);
        RequireWords(chat);
        int[] prompt = chat.Encode(Question);
        RequireNumbers(chat.Model, prompt);
        using TextGenerator generator = new(chat.Model, chat.Tokenizer, [], new RequestLimits(), time, cachedTokens: 0);
        (string sample, GenerationSummary summary) = await WriteAsync(generator, prompt, cancel);
        string back = chat.Tokenizer.Decode(chat.Tokenizer.Encode(Words));
        ModelCheck check = new()
        {
            Family = chat.Model.Config.Family,
            Context = chat.Model.Config.MaxPositions,
            Parameters = parameters,
            KeepsText = back == Words,
            ChangedText = back == Words ? null : back,
            WordsFrom = Directory.Exists(path) && TokenizerFolder.IsSentencePiece(path) ? "tokenizer.model" : null,
            HasTemplate = chat.Dialect.IsTemplateOwn,
            Sample = sample,
            Tokens = summary.TokensOut,
            TokensPerSecond = summary.TokensPerSecond,
            LoadSeconds = loading,
            MemoryBytes = Math.Max(Environment.WorkingSet - before, parameters * sizeof(float)),
        };
        return (check, chat.Model.Hash);
    }

    // A vocabulary of another model would ask the embedding for rows that it has not.
    private static void RequireWords(ChatModel chat)
    {
        int words = chat.Tokenizer.VocabularySize, rows = chat.Model.Config.Vocabulary;
        if (words > rows) throw new ModelException($"the tokenizer knows {words} tokens and the weights {rows}: they belong to different models");
    }

    private static void RequireNumbers(LanguageModel model, int[] prompt)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ids = tensor(prompt.Select(id => (long)id).ToArray(), [1, prompt.Length], int64); // [1, tokens]
        using (no_grad())
        {
            Tensor logits = model.Logits(model.Hidden(ids)); // [1, tokens, vocabulary]
            if (!logits.isfinite().all().item<bool>()) throw new ModelException("the weights answer with numbers that are not finite: the files are damaged, or are for another kind of model");
        }
    }

    private static async Task<(string Text, GenerationSummary Summary)> WriteAsync(TextGenerator generator, int[] prompt, CancellationToken cancel)
    {
        GenerationRequest request = new(prompt) { MaxTokens = Tokens, Sampling = new SamplingOptions { Temperature = 0, Seed = 0 } };
        if (generator.Check(request) is { } problem) throw new ModelException($"it cannot be asked a question: {problem.Message}");
        string text = "";
        GenerationSummary? summary = null;
        await foreach (GenerationUpdate update in generator.RunAsync(request, cancel))
        {
            text += update.Text;
            summary = update.Summary ?? summary;
        }
        return (text, summary!);
    }
}
