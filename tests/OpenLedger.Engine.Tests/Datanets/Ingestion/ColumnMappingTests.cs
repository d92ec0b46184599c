using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Engine.Tests.Datanets.Ingestion;

/// <summary>What columns are guessed to be, and how a person changes that.</summary>
public class ColumnMappingTests
{
    [Fact]
    public void Dollys_context_is_the_input_of_an_instruction()
    {
        string path = Ingesting.Write("dolly.jsonl", """{"instruction":"Sum up.","context":"A long text.","response":"Short.","category":"summary"}""");
        SourceFile file = Ingesting.Open(path);
        Assert.Equal("Sum up.\n\nA long text.", Assert.Single(Ingesting.Take(file).Rows).Turns[0].Content);
        Assert.Equal(ColumnRole.LeaveOut, ColumnRecognition.Of(file).Mapping.RoleOf("category"));
    }

    [Fact]
    public void Another_shape_takes_the_columns_along()
    {
        ColumnMapping mapping = new(RowShape.QuestionAnswer, new Dictionary<string, ColumnRole> { ["q"] = ColumnRole.Question, ["a"] = ColumnRole.Answer, ["url"] = ColumnRole.SourceLink });
        ColumnMapping text = mapping.As(RowShape.PlainText);
        Assert.Equal((ColumnRole.LeaveOut, ColumnRole.Text, ColumnRole.SourceLink), (text.RoleOf("q"), text.RoleOf("a"), text.RoleOf("url")));
        Assert.Equal(mapping.Roles, mapping.As(RowShape.Instruction).As(RowShape.QuestionAnswer).Roles);
    }

    [Fact]
    public void Two_columns_with_one_role_are_a_fault()
    {
        ColumnMapping mapping = new(RowShape.PlainText, new Dictionary<string, ColumnRole> { ["a"] = ColumnRole.Text, ["b"] = ColumnRole.Text });
        Assert.Equal(["Two columns hold the text: choose one of them."], mapping.Faults);
    }

    [Fact]
    public void A_mark_column_takes_only_the_rows_that_say_yes()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/kto.jsonl"));
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file, ColumnRecognition.Of(file).Mapping.With("label", ColumnRole.Keep), []);
        Assert.Equal((12, 6, 6), (report.Read, rows.Count, report.LeftOut));
    }

    [Fact]
    public void A_link_that_could_run_script_is_left_out()
    {
        string path = Ingesting.Write("links.jsonl", """{"question":"a","answer":"b","url":"javascript:alert(1)"}""");
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(path));
        Assert.Null(Assert.Single(rows).SourceUrl);
        Assert.Equal(ProblemKind.BadLink, Assert.Single(report.Problems).Kind);
        Assert.True(report.IsReady);
    }

    [Fact]
    public void White_space_at_the_ends_is_kept_until_somebody_trims_it()
    {
        string path = Ingesting.Write("space.csv", "question,answer\n a ,b\n");
        SourceFile file = Ingesting.Open(path);
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(file);
        Assert.Equal((ProblemKind.EdgeSpace, " a "), (Assert.Single(report.Problems).Kind, rows[0].Turns[0].Content));
        Assert.Equal("a", Ingesting.Take(file, new RowMend(1, MendAction.Trim)).Rows[0].Turns[0].Content);
    }

    [Fact]
    public void A_delimiter_and_a_header_can_be_chosen()
    {
        string path = Ingesting.Write("bars.csv", "one|two\nthree|four\n");
        Assert.Equal('|', Ingesting.Open(path).Delimiter);
        SourceFile file = Ingesting.Open(path, choices: new SourceChoices(HasHeader: false));
        Assert.Equal(["column 1", "column 2"], file.Columns);
        Assert.Equal(2, Ingesting.Take(file).Rows.Count);
    }

    [Fact]
    public void A_chosen_and_a_rejected_answer_become_one_row()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/preference.jsonl"));
        Assert.Equal(ColumnRole.Rejected, ColumnRecognition.Of(file).Mapping.RoleOf("rejected"));
        Assert.All(Ingesting.Take(file).Rows, row => Assert.Equal("I do not know.", row.Rejected));
    }

    [Fact]
    public void Thumbs_are_recognised_and_kept_with_their_answers()
    {
        SourceFile file = Ingesting.Open(Fixture.Path("ingest/kto.jsonl"));
        Assert.Equal(ColumnRole.Liked, ColumnRecognition.Of(file).Mapping.RoleOf("label"));
        List<DatanetRow> rows = Ingesting.Take(file).Rows;
        Assert.Equal((true, false), (rows[0].Liked, rows[1].Liked));
    }

    [Fact]
    public void A_label_that_names_a_topic_is_no_thumb()
    {
        SourceFile file = Ingesting.Open(Ingesting.Write("topics.csv", "question,answer,label\na,b,cardiology\nc,d,\n"));
        Assert.Equal(ColumnRole.LeaveOut, ColumnRecognition.Of(file).Mapping.RoleOf("label"));
    }

    [Theory]
    [InlineData("""{"chosen":[{"role":"user","content":"Q?"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"Q?"},{"role":"assistant","content":"bad"}]}""")]
    [InlineData("""{"prompt":"Q?","chosen":[{"role":"user","content":"Q?"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"Q?"},{"role":"assistant","content":"bad"}]}""")]
    public void Answers_that_are_whole_conversations_count_by_their_last_message(string line)
    {
        DatanetRow row = Assert.Single(Ingesting.Take(Ingesting.Open(Ingesting.Write("pairs.jsonl", line))).Rows);
        Assert.Equal(("Q?", "good", "bad"), (row.Turns[^2].Content, row.Turns[^1].Content, row.Rejected));
    }

    [Fact]
    public void A_row_that_nobody_judged_keeps_the_leaf_it_had()
    {
        DatanetRow row = new("id", [], "text", "0xaa");
        Assert.DoesNotContain("rejected", Engine.Records.CanonicalJson.Serialize(row), StringComparison.Ordinal);
        Assert.NotEqual(row.Leaf, (row with { Liked = true }).Leaf);
    }
}
