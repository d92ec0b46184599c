using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class SharedRunsTests
{
    private static readonly Passage First = new("r1", new TextSpan(10, 46, 10, 46), "Signs of the disease include fever and rashes.", "", "0x1");
    private static readonly Passage Second = new("r2", new TextSpan(0, 50, 0, 50), "The signs of the disease include fever and fatigue", "", "0x2");

    [Fact]
    public void The_longest_run_is_found_and_points_into_the_row()
    {
        const string Answer = "Yes: SIGNS of the disease include fever and fatigue, I think.";
        SharedRun run = Assert.Single(SharedRuns.Of(Answer, [First, Second]));
        Assert.Equal(("SIGNS of the disease include fever and fatigue", 1, 8), (run.Answer.Of(Answer), run.Passage, run.Words));
        Assert.Equal("signs of the disease include fever and fatigue", run.Row.Of(Second.Text));
    }

    [Fact]
    public void A_span_counts_from_the_rows_start_and_not_from_the_passages()
    {
        SharedRun run = Assert.Single(SharedRuns.Of("the disease include fever", [First]));
        Assert.Equal(10 + First.Text.IndexOf("the disease", StringComparison.Ordinal), run.Row.Start);
    }

    [Theory]
    [InlineData("")]
    [InlineData("of the disease")]
    [InlineData("the disease includes fever and such")]
    public void Three_words_are_no_run(string answer) => Assert.Empty(SharedRuns.Of(answer, [First, Second]));

    [Fact]
    public void Runs_do_not_overlap_and_each_is_the_same_words()
    {
        const string Answer = "The disease include fever and rashes. Signs of the disease include fever and fatigue";
        IReadOnlyList<SharedRun> runs = SharedRuns.Of(Answer, [First, Second]);
        Assert.Equal([6, 8], runs.Select(run => run.Words));
        Assert.Equal([0, 1], runs.Select(run => run.Passage));
    }
}
