using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Training;

namespace OpenLedger.Benchmarks;

/// <summary>Whether the shipped adapter answers from the right row and says when no row answers: questions that it never saw, retrieval included.</summary>
internal sealed class GroundingBenchmark : IDisposable
{
    private const int AnswerTokens = 60, BaseQuestions = 40;

    private static readonly Sha256Hash _shipped = Sha256Hash.Of("shipped"u8);

    private readonly TrainingBase _on = TrainingBase.Open(Repository.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"), "SmolLM2-135M-Instruct");
    private readonly EmbeddingModel _embedder = EmbeddingModel.Load(Repository.Starter("models/all-MiniLM-L6-v2"));
    private readonly LoraWeights _adapter;
    private readonly DatanetRow[] _rows;
    private readonly Retriever _retriever;
    private readonly RowEncoder _encoder;
    private readonly TextGenerator _generator;
    private readonly List<GenerationSummary> _written = [];

    private GroundingBenchmark()
    {
        _adapter = AdapterFile.Read(Repository.Starter("adapters/medquad-answers-r16"), _on.Model.AdapterBase, _on.Model.Device);
        _rows = [.. SampleRows.Read()];
        _retriever = new(_embedder, [PassageIndex.Build("sample", Sha256Hash.Of("sample"u8), [.. _rows.Select(SourceOf)], _embedder)]);
        _encoder = _on.Encoder(_on.Model.Config.MaxPositions);
        _generator = new(_on.Model, _on.Tokenizer, _on.Stops, new RequestLimits(), TimeProvider.System);
    }

    public static IEnumerable<Figure> Run() => Run(SampleQuestions.Kept);

    /// <summary>The same with fewer questions.</summary>
    public static IEnumerable<Figure> Run(int questions)
    {
        using GroundingBenchmark benchmark = new();
        foreach (Figure figure in benchmark.Figures(questions)) yield return figure;
    }

    public void Dispose()
    {
        _generator.Dispose();
        _adapter.Dispose();
        _embedder.Dispose();
        _on.Dispose();
    }

    private IEnumerable<Figure> Figures(int questions)
    {
        DatanetRow[] asked = [.. SampleQuestions.ForAsking(_rows).Take(questions)];
        Answer[] tuned = [.. asked.Select(row => Ask(row, _adapter))];
        yield return new("grounding.support_with_adapter", tuned.Average(answer => answer.Support), "3-gram share", "higher", $"{tuned.Length} questions", Bar: 0.75);
        yield return new("grounding.right_row_first", tuned.Average(answer => answer.RightFirst ? 1.0 : 0), "share", "higher", "the row that the answer's first sentence stands in", Bar: 0.75);
        yield return new("grounding.wrongly_refused", tuned.Average(answer => answer.Refused ? 1.0 : 0), "share", "lower", Bar: 0.10);
        yield return new("grounding.first_token", Median([.. _written.Select(answer => answer.TimeToFirstToken.TotalSeconds)]), "s", "lower", $"median of {_written.Count} answers, passages in the prompt, warm", Bar: 1);
        yield return new("grounding.decoding", Median([.. _written.Select(answer => answer.TokensPerSecond)]), "tokens/s", "higher", "median");
        Answer[] untuned = [.. asked.Take(BaseQuestions).Select(row => Ask(row, null))];
        yield return new("grounding.support_base_alone", untuned.Average(answer => answer.Support), "3-gram share", "higher", $"{untuned.Length} questions, plain greedy decoding");
        Answer[] led = [.. asked.Take(BaseQuestions).Select(row => Ask(row, null, isLed: true))];
        yield return new("grounding.support_base_led", led.Average(answer => answer.Support), "3-gram share", "higher", $"{led.Length} questions, with the bonus that chat gives a model without such an adapter", Bar: 0.30);
        string[] unanswerable = [.. Unanswerable().Take(questions)];
        yield return new("grounding.refused_unanswerable", unanswerable.Average(question => Refuses(question) ? 1.0 : 0), "share", "higher", $"{unanswerable.Length} questions of the same kind that no row answers", Bar: 0.80);
    }

    private Answer Ask(DatanetRow row, LoraWeights? adapter, bool isLed = false)
    {
        string question = row.Turns[0].Content;
        IReadOnlyList<RetrievedPassage> found = Find(question);
        if (found.Count == 0) return new(0, false, true);
        string answer = Generate(question, found, adapter, isLed);
        if (IsRefusal(answer)) return new(0, false, true);
        string first = Sentences.Of(answer) is [TextSpan sentence, ..] ? sentence.Of(answer) : answer;
        RetrievedPassage cited = found.MaxBy(passage => ThreeGrams.ShareIn(first, passage.Passage.Text))!;
        return new(ThreeGrams.ShareIn(answer, row.Turns[1].Content), cited.Passage.RowId == row.Id && ThreeGrams.ShareIn(first, cited.Passage.Text) > 0, false);
    }

    private bool Refuses(string question) =>
        Find(question) is var found && (found.Count == 0 || IsRefusal(Generate(question, found, _adapter)));

    private IReadOnlyList<RetrievedPassage> Find(string question) =>
        _retriever.Find(question, new RetrievalLimits(Passages: GroundedPrompt.UsualPassages)).Passages;

    // As the chat does it: the same prompt, the same generator.
    private string Generate(string question, IReadOnlyList<RetrievedPassage> found, LoraWeights? adapter, bool isLed = false)
    {
        int[] prompt = _encoder.EncodePrompt(GroundedPrompt.Turns(question, [.. found.Select(passage => passage.Passage.Indexed)]));
        GenerationRequest request = new(prompt)
        {
            Sampling = SamplingOptions.Greedy,
            MaxTokens = AnswerTokens,
            Adapter = adapter is null ? null : new ServedAdapter(_shipped, _shipped, adapter),
            Bias = isLed ? new PassageBias(_on.Tokenizer, found.Select(passage => passage.Passage.Text)) : null,
        };
        GenerationUpdate[] updates = [.. _generator.RunAsync(request).ToBlockingEnumerable()];
        _written.Add(updates[^1].Summary!);
        return string.Concat(updates.Select(update => update.Text));
    }

    private static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static bool IsRefusal(string answer) => answer.Contains(GroundedPrompt.Refusal.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Unanswerable()
    {
        using JsonDocument kinds = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("retrieval/unanswerable.json")));
        return [.. kinds.RootElement.GetProperty("medquad_not_in_sample").EnumerateArray().Select(question => question.GetString()!)];
    }

    private static PassageSource SourceOf(DatanetRow row) => new(row.Id, row.AsPassageText(), row.Contributor, row.Turns[0].Content.Length + 2);

    private sealed record Answer(double Support, bool RightFirst, bool Refused);
}
