using System.Diagnostics;
using System.Text.Json;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Benchmarks;

/// <summary>How fast rows are indexed and found, and how often the right one: the sample Datanet asked with questions that drop words, and with questions it does not answer.</summary>
internal static class RetrievalBenchmark
{
    private sealed record Row(string Id, string Question, string Answer, string Source)
    {
        // MedQuAD numbers its rows a source at a time.
        public string Key => $"{Source}/{Id}";
    }

    public static IEnumerable<Figure> Run()
    {
        using EmbeddingModel model = EmbeddingModel.Load(Repository.Starter("models/all-MiniLM-L6-v2"));
        Row[] rows = [.. File.ReadLines(Repository.Starter("datanets/medquad-sample/rows.jsonl")).Select(line => JsonSerializer.Deserialize<Row>(line, JsonSerializerOptions.Web)!)];
        model.Embed(["warm"]);
        Stopwatch watch = Stopwatch.StartNew();
        PassageIndex index = PassageIndex.Build("sample", Sha256Hash.Of("sample"u8), [.. rows.Select(SourceOf)], model);
        double seconds = watch.Elapsed.TotalSeconds;
        yield return new("retrieval.index_rate", index.Passages.Count / seconds, "passages/s", "higher", $"{rows.Length} rows, {index.Passages.Count} passages");
        yield return new("retrieval.embed_question", Median(rows.Take(60).Select(row => Timed(() => model.Embed([row.Question])))), "ms", "lower", Bar: 15);

        Retriever retriever = new(model, [index]);
        yield return new("retrieval.query_sample", Median(rows.Take(100).Select(row => Timed(() => retriever.Find(row.Question)))), "ms", "lower", $"{index.Passages.Count} passages, the question's vector included", Bar: 30);
        foreach (Figure figure in Quality(retriever, rows)) yield return figure;
        foreach (Figure figure in SupportBenchmark.Run(model, index)) yield return figure;
        foreach (Figure figure in Scale()) yield return figure;
    }

    private static IEnumerable<Figure> Quality(Retriever retriever, Row[] rows)
    {
        (Row Row, string Question)[] shortened = [.. rows.Select(row => (row, Rephrased.Shortened(row.Question)))];
        (Row Row, string Question)[] reworded = [.. rows.Where(row => Rephrased.InOtherWords(row.Question) is not null).Select(row => (row, Rephrased.InOtherWords(row.Question)!))];
        foreach ((string how, (Row Row, string Question)[] asked) in new[] { ("shortened", shortened), ("reworded", reworded) })
        {
            (Row Row, RetrievalResult Found)[] found = [.. asked.Select(question => (question.Row, retriever.Find(question.Question, new RetrievalLimits(Passages: 5, PerRow: 1))))];
            yield return new($"retrieval.own_row_first_{how}", Share(found, one => one.Found.Passages is [RetrievedPassage first, ..] && first.Passage.RowId == one.Row.Key), "share", "higher", $"{asked.Length} questions", Bar: 0.75);
            yield return new($"retrieval.own_row_in_5_{how}", Share(found, one => one.Found.Passages.Any(passage => passage.Passage.RowId == one.Row.Key)), "share", "higher", Bar: 0.9);
            yield return new($"retrieval.wrongly_refused_{how}", Share(found, one => one.Found.NothingRelevant), "share", "lower", Bar: 0.1);
        }

        using JsonDocument unanswerable = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("retrieval/unanswerable.json")));
        foreach (string kind in new[] { "medquad_not_in_sample", "gsm8k", "everyday" })
        {
            string[] questions = [.. unanswerable.RootElement.GetProperty(kind).EnumerateArray().Select(question => question.GetString()!)];
            yield return new($"retrieval.refused_{kind}", Share(questions, question => retriever.Find(question).NothingRelevant), "share", "higher", $"{questions.Length} questions that no row answers", Bar: 0.8);
        }
    }

    private static IEnumerable<Figure> Scale()
    {
        Random random = new(1);
        foreach (int count in new[] { 450, 20_000, 200_000 })
        {
            VectorIndex vectors = new(384);
            float[] vector = new float[384];
            for (int i = 0; i < count; i++)
            {
                for (int n = 0; n < vector.Length; n++) vector[n] = (float)(random.NextDouble() - 0.5);
                vectors.Add(vector);
            }

            yield return new($"retrieval.vectors_{count}", Median(Enumerable.Range(0, 9).Select(_ => Timed(() => vectors.Score(vector)))), "ms", "lower", "every vector looked at, one core", Bar: count < 200_000 ? null : 200);
        }
    }

    private static PassageSource SourceOf(Row row) => new(row.Key, $"{row.Question}\n\n{row.Answer}", "0x0", row.Question.Length + 2);

    private static double Share<T>(IEnumerable<T> items, Func<T, bool> holds) => items.Average(item => holds(item) ? 1.0 : 0);

    private static double Timed<T>(Func<T> work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is { Length: > 0 } sorted ? sorted[sorted.Length / 2] : double.NaN;
}
