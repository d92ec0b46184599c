using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Engine.Tests.Datanets.Ingestion;

/// <summary>A broken file is refused, or mended row by row; either way it is said where.</summary>
public class BrokenFilesTests
{
    [Theory]
    [InlineData("broken/empty.csv", "The file is empty.")]
    [InlineData("broken/header-only.csv", "The file has a header and no rows.")]
    [InlineData("broken/binary.csv", "byte 0 of 'binary.csv' is zero")]
    [InlineData("broken/deep.json", "The file breaks off at line 1, character 33: it is nested too deep.")]
    [InlineData("broken/not-a-zip.zip", "Files named '.zip' are not read.")]
    [InlineData("broken/bomb.zip", "a zip archive")]
    [InlineData("broken/path-escape.zip", "a zip archive")]
    [InlineData("broken/cut.pdf", "a PDF")]
    [InlineData("broken/truncated.parquet", "a Parquet file")]
    [InlineData("book.xlsx", "an Office document")]
    [InlineData("page.html", "Files named '.html' are not read.")]
    public void What_is_no_file_of_rows_is_refused_with_a_reason(string name, string reason)
    {
        SourceOpening opening = SourceFile.Open(Fixture.Path($"ingest/{name}"), Path.GetFileName(name));
        Assert.Null(opening.File);
        Assert.Contains(reason, opening.Refusal!.What, StringComparison.Ordinal);
        Assert.NotEmpty(opening.Refusal.Mend);
    }

    [Fact]
    public void Lines_of_empty_objects_once_ended_in_an_index_out_of_range()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "{}\n{}\n");
        SourceOpening opening = SourceFile.Open(path, "empty-objects.jsonl");
        File.Delete(path);
        Assert.Equal("No line of the file can be read as a row. The first: it has no fields.", opening.Refusal!.What);
    }

    [Fact]
    public void A_missing_column_is_asked_for()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/broken/no-answer-column.csv"));
        ColumnRecognition guess = ColumnRecognition.Of(file);
        Assert.False(guess.Certain);
        Assert.Equal(["No column holds the answer: choose one."], guess.Mapping.Faults);
        (_, List<DatanetRow> rows) = Ingesting.Take(file, guess.Mapping.With("topic", ColumnRole.Answer), []);
        Assert.Equal("b", Assert.Single(rows).Turns[1].Content);
    }

    [Fact]
    public void Empty_cells_wait_for_a_decision_and_take_one()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/broken/empty-answers.csv"));
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.Equal([(2, "answer"), (3, "question"), (4, "question"), (4, "answer")], report.Problems.Where(problem => problem.Kind == ProblemKind.EmptyCell).Select(problem => (problem.Line, problem.Column)));
        Assert.Equal((3, 1), (report.Waiting, report.Good));
        Assert.Equal("d", Assert.Single(rows).Turns[1].Content);

        (report, rows) = Ingesting.Take(file, new RowMend(1, MendAction.Write, "answer", "now there"), new RowMend(2, MendAction.LeaveOut), new RowMend(3, MendAction.LeaveOut));
        Assert.True(report.IsReady);
        Assert.Equal(["now there", "d"], rows.Select(row => row.Turns[1].Content));
        Assert.Equal(2, report.LeftOut);
    }

    [Fact]
    public void Ragged_lines_and_an_open_quote_cost_their_own_lines_only()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/broken/ragged.csv"));
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.Equal([(3, ProblemKind.ExtraCells), (4, ProblemKind.EmptyCell), (5, ProblemKind.OpenQuote)], report.Problems.Select(problem => (problem.Line, problem.Kind)));
        Assert.Equal("a", Assert.Single(rows).Turns[0].Content);

        (report, rows) = Ingesting.Take(file, new RowMend(2, MendAction.Keep), new RowMend(3, MendAction.LeaveOut), new RowMend(4, MendAction.Keep));
        Assert.True(report.IsReady);
        Assert.Equal([("a", "b"), ("c", "d,e"), ("open quote", "g")], rows.Select(row => (row.Turns[0].Content, row.Turns[1].Content)));
    }

    [Fact]
    public void A_quote_left_open_in_the_middle_leaves_the_lines_after_it_whole()
    {
        string path = Ingesting.Write("open.csv", "question,answer\n\"first,one\n\"second, quoted\",\"two\nlines\"\nthird,three\n");
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(path));
        Assert.Equal((2, ProblemKind.OpenQuote), (report.Problems[0].Line, report.Problems[0].Kind));
        Assert.Equal([("second, quoted", "two\nlines"), ("third", "three")], rows.Select(row => (row.Turns[0].Content, row.Turns[1].Content)));
    }

    [Fact]
    public void A_bad_json_line_can_be_written_anew()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/broken/bad-line-3.jsonl"));
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        RowProblem problem = Assert.Single(report.Problems);
        Assert.Equal((3, ProblemKind.BadJson), (problem.Line, problem.Kind));
        Assert.Equal(3, rows.Count);

        (report, rows) = Ingesting.Take(file, new RowMend(3, MendAction.Write, null, """{"question":"e","answer":"f"}"""));
        Assert.True(report.IsReady);
        Assert.Equal("f", rows[2].Turns[1].Content);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_read_as_windows_1252_and_the_line_is_named()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/broken/invalid-utf8.jsonl"));
        Assert.Equal(("Windows-1252", 1), (file.EncodingName, file.FirstBadLine));
        Assert.Equal("cafè", Assert.Single(Ingesting.Take(file).Rows).Turns[0].Content.Replace('é', 'è'));
    }

    [Fact]
    public void A_damaged_character_in_a_utf8_text_is_shown_in_its_row()
    {
        byte[] bytes = [.. "{\"question\":\"perché così è più\",\"answer\":\"x\"}\n{\"question\":\"b\",\"answer\":\"y"u8, 0xff, .. "\"}\n"u8];
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Ingesting.Write("damaged.jsonl", bytes)));
        RowProblem problem = Assert.Single(report.Problems);
        Assert.Equal((2, "answer", ProblemKind.UnreadableCharacter), (problem.Line, problem.Column, problem.Kind));
        Assert.Equal("perché così è più", Assert.Single(rows).Turns[0].Content);
    }

    [Fact]
    public void Conversations_out_of_turn_are_named_by_message()
    {
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(Fixture.Path("ingest/broken/wrong-role-order.jsonl")));
        Assert.Empty(rows);
        Assert.Equal(
            [(1, "Message 1 is of the assistant, where the user should speak."), (2, "The conversation has no messages."), (3, "Message 1 has no text.")],
            report.Problems.Select(problem => (problem.Line, problem.What)));
    }

    [Fact]
    public void A_json_array_that_breaks_off_keeps_the_rows_above()
    {
        string path = Ingesting.Write("cut.json", "[{\"question\":\"a\",\"answer\":\"b\"},\n{\"question\":\"c\",\"answer\":\"d\"},\n{\"question\":\"e\",");
        SourceFile file = Ingesting.Open(path);
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.Equal((3, ProblemKind.BrokenFile), (report.Problems[0].Line, report.Problems[0].Kind));
        Assert.Equal(2, rows.Count);
        Assert.True(Ingesting.Take(file, new RowMend(3, MendAction.LeaveOut)).Report.IsReady);
    }

    [Fact]
    public void A_single_line_longer_than_the_limit_is_no_reason_to_hold_it_in_memory()
    {
        string path = Ingesting.Write("long.jsonl", "{\"question\":\"a\",\"answer\":\"" + new string('x', 5_000) + "\"}\n{\"question\":\"c\",\"answer\":\"d\"}\n");
        IngestLimits limits = new() { RecordCharacters = 1_000 };
        SourceFile file = Ingesting.Open(path, limits);
        List<DatanetRow> rows = [];
        IngestReport report = RowIngest.Run(file, new(ColumnRecognition.Of(file).Mapping, [], "0xaa", []), rows.Add, limits, TestContext.Current.CancellationToken);
        Assert.Equal((1, ProblemKind.TooLong), (report.Problems[0].Line, report.Problems[0].Kind));
        Assert.Equal("d", Assert.Single(rows).Turns[1].Content);
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_by_its_size()
    {
        string path = Ingesting.Write("big.txt", new string('x', 2_000));
        SourceOpening opening = SourceFile.Open(path, "big.txt", new IngestLimits { FileBytes = 1_000 });
        Assert.Contains("MB are the most", opening.Refusal!.What, StringComparison.Ordinal);
    }
}
