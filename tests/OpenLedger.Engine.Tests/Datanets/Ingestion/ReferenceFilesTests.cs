using System.Text.Json;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Tests.Datanets.Ingestion;

/// <summary>The same awkward rows, as pandas and the standard library wrote them in one format after another, come out as they went in.</summary>
public class ReferenceFilesTests
{
    [Theory]
    [InlineData("comma.csv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("crlf.csv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("tab.tsv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("semicolon-bom.csv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("utf16.csv", RowShape.QuestionAnswer, "UTF-16")]
    [InlineData("index-column.csv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("no-header.csv", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("windows1252.csv", RowShape.QuestionAnswer, "Windows-1252")]
    [InlineData("array.json", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("nested.json", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("lines.jsonl", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("lines-escaped-crlf.jsonl", RowShape.QuestionAnswer, "UTF-8")]
    [InlineData("alpaca.json", RowShape.Instruction, "UTF-8")]
    [InlineData("prompt-completion.jsonl", RowShape.PromptCompletion, "UTF-8")]
    [InlineData("kto.jsonl", RowShape.PromptCompletion, "UTF-8")]
    [InlineData("preference.jsonl", RowShape.PromptCompletion, "UTF-8")]
    public void Questions_and_answers_come_out_as_they_went_in(string name, RowShape shape, string encoding)
    {
        SourceFile file = Ingesting.Open(Fixture.Path($"ingest/{name}"));
        Assert.Equal(encoding, file.EncodingName);
        Assert.Equal(shape, ColumnRecognition.Of(file).Mapping.Shape);
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.True(report.IsReady, string.Join('\n', report.Problems.Select(problem => problem.What)));
        Assert.Equal(Expected(name), rows.Select(row => (row.Turns[^2].Content, row.Turns[^1].Content)));
    }

    [Fact]
    public void Messages_keep_their_system_prompt()
    {
        (_, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Fixture.Path("ingest/messages.jsonl")));
        Assert.Equal(Expected("messages.jsonl"), rows.Select(row => (row.Turns[1].Content, row.Turns[2].Content)));
        Assert.All(rows, row => Assert.Equal(new ChatTurn(ChatTurn.System, "Be brief."), row.Turns[0]));
    }

    [Fact]
    public void Sharegpt_conversations_keep_every_turn()
    {
        (_, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Fixture.Path("ingest/sharegpt.json")));
        Assert.Equal(Expected("sharegpt.json"), rows.Select(row => (row.Turns[0].Content, row.Turns[1].Content)));
        Assert.All(rows, row => Assert.Equal([new(ChatTurn.User, "And?"), new(ChatTurn.Assistant, "That is all.")], row.Turns.Skip(2)));
        Assert.Equal("c1", rows[1].Id);
    }

    [Fact]
    public void A_text_gives_a_row_a_paragraph()
    {
        (_, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Fixture.Path("ingest/plain.txt")));
        Assert.Equal(Expected("plain.txt").Select(pair => pair.Answer.Replace("\r\n", "\n", StringComparison.Ordinal)), rows.Select(row => row.Text!.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_markdown_gives_a_row_a_section_and_keeps_code_whole()
    {
        (_, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Fixture.Path("ingest/notes.md")));
        Assert.Equal(["Notes, Eye", "Notes, Eye, Treatment"], rows.Select(row => row.Source));
        Assert.Equal("Eye\n\nGlaucoma is a group of diseases.", rows[0].Text);
        Assert.Contains("```python\nprint(\"code stays whole\")\n```", rows[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_datanet_is_taken_whole()
    {
        SourceFile file = Ingesting.Open(Fixture.Starter("datanets/medquad-sample/rows.jsonl"));
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.True(report.IsReady);
        Assert.Equal((450, 0), (rows.Count, report.Waiting));
        Assert.Equal(9, rows.Select(row => row.Source).Distinct().Count());
        Assert.All(rows, row => Assert.StartsWith("http", row.SourceUrl, StringComparison.Ordinal));
    }

    // Line ends inside of cells: crlf.csv has every one as the two characters, the rest keep them as they were.
    private static IEnumerable<(string Question, string Answer)> Expected(string name)
    {
        string file = name.StartsWith("windows1252", StringComparison.Ordinal) ? "expected-latin.json" : "expected.json";
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Fixture.Path($"ingest/{file}")));
        return [.. json.RootElement.EnumerateArray().Select(row => (row.GetProperty("question").GetString()!, row.GetProperty("answer").GetString()!))];
    }
}
