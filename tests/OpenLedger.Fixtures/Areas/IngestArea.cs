using System.Text.Json;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Fixtures.Areas;

/// <summary>The same rows in many formats come out as <c>expected.json</c> has them; what lies under <c>broken</c> is refused, or its bad rows are named with a way to mend them.</summary>
internal sealed class IngestArea : IFixtureArea
{
    private static readonly string[] _taken = [".csv", ".tsv", ".json", ".jsonl", ".txt", ".md"];

    public string Name => "ingest";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        foreach (string path in Directory.GetFiles(folder).Where(path => !Path.GetFileName(path).StartsWith("expected", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            yield return _taken.Contains(Path.GetExtension(name))
                ? FixtureCase.Of(name, () => Whole(name, path, folder))
                : FixtureCase.NotCovered(name, Refusal(path) is string why ? $"refused: {why}" : "read, and compared with nothing");
        }
        string broken = Path.Combine(folder, "broken");
        if (!Directory.Exists(broken)) yield break;
        foreach (string path in Directory.GetFiles(broken).Order(StringComparer.Ordinal))
            yield return FixtureCase.Of($"broken/{Path.GetFileName(path)}", () => Broken($"broken/{Path.GetFileName(path)}", path));
    }

    private static FixtureCase Whole(string name, string path, string folder)
    {
        if (SourceFile.Open(path, name).File is not SourceFile file) return new(name, false, Refusal(path)!);
        (IngestReport report, List<DatanetRow> rows) = Take(file, ColumnRecognition.Of(file).Mapping);
        if (!report.IsReady) return new(name, false, report.Problems[0].What);
        string[] found = [.. rows.Select(TextOf)];
        if (file.Format == SourceFormat.Markdown) return new(name, found.Any(text => text.Contains("```python\nprint(\"code stays whole\")\n```", StringComparison.Ordinal)), $"{rows.Count} sections");
        string[] expected = Expected(folder, name, onlyAnswers: file.Format == SourceFormat.Text);
        int wrong = Enumerable.Range(0, Math.Max(found.Length, expected.Length)).Count(i => found.ElementAtOrDefault(i) != expected.ElementAtOrDefault(i));
        return new(name, wrong == 0, $"{rows.Count} rows, {wrong} wrong, {file.EncodingName}");
    }

    private static FixtureCase Broken(string name, string path)
    {
        if (SourceFile.Open(path, Path.GetFileName(path)).File is not SourceFile file) return new(name, true, $"refused: {Refusal(path)}");
        ColumnMapping mapping = ColumnRecognition.Of(file).Mapping;
        if (mapping.Faults is [string fault, ..]) return new(name, true, $"asked: {fault}");
        IngestReport report = Take(file, mapping).Report;
        if (report.Problems is [RowProblem first, ..] && report.Problems.All(problem => problem.Line > 0 && problem.Mends.Count > 0)) return new(name, true, $"line {first.Line}: {first.What}");
        return file.FirstBadLine is int line ? new(name, true, $"line {line} is no UTF-8, read as {file.EncodingName}") : new(name, false, "taken without a word");
    }

    private static (IngestReport Report, List<DatanetRow> Rows) Take(SourceFile file, ColumnMapping mapping)
    {
        List<DatanetRow> rows = [];
        IngestReport report = RowIngest.Run(file, new(mapping, [], "0x0", []), rows.Add, null, CancellationToken.None);
        return (report, rows);
    }

    private static string? Refusal(string path) => SourceFile.Open(path, Path.GetFileName(path)).Refusal?.What;

    // The first exchange of a conversation: some formats add a system prompt before it, or turns after it.
    private static string TextOf(DatanetRow row)
    {
        if (row.Text is string text) return text;
        int first = row.Turns[0].Role == Engine.Templates.ChatTurn.System ? 1 : 0;
        return $"{row.Turns[first].Content}\u001f{row.Turns[first + 1].Content}";
    }

    private static string[] Expected(string folder, string name, bool onlyAnswers)
    {
        string file = name.Contains("1252", StringComparison.Ordinal) ? "expected-latin.json" : "expected.json";
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return [.. json.RootElement.EnumerateArray().Select(row => onlyAnswers
            ? row.GetProperty("answer").GetString()!.Replace("\r\n", "\n", StringComparison.Ordinal)
            : $"{row.GetProperty("question").GetString()}\u001f{row.GetProperty("answer").GetString()}")];
    }
}
