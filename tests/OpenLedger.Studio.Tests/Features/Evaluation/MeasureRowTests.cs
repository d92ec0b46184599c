using Bunit;
using OpenLedger.Engine.Evaluation;
using OpenLedger.Studio.Features.Evaluation.Pages;

namespace OpenLedger.Studio.Tests.Features.Evaluation;

public sealed class MeasureRowTests : BunitContext
{
    [Fact]
    public void A_change_stands_with_its_interval_and_a_verdict_in_words()
    {
        Comparison better = new(Measure.Perplexity, 9.1, 8.5, new Interval(-0.6, -0.64, -0.53), 64);
        Assert.Equal(["9.10", "8.50", "−0.60 (−0.64 to −0.53)"], Figures(better));
        Assert.Equal("Better", Verdict(better));
        Assert.Equal("No clear change", Verdict(better with { Measure = Measure.F1, Change = new Interval(-0.01, -0.05, 0.02) }));
        Assert.Equal(["910.0 %", "850.0 %", "−1.0 (−5.0 to +2.0)"], Figures(better with { Measure = Measure.F1, Change = new Interval(-0.01, -0.05, 0.02) }));
    }

    [Fact]
    public void Each_measure_says_over_how_many_rows_it_is()
    {
        Comparison answers = new(Measure.Exact, 0.1, 0.2, new Interval(0.1, 0, 0.2), 20);
        Assert.EndsWith("word for word; 20 rows", Row(answers).Find("td .dim").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("; 1 row", Row(answers with { Rows = 1 }).Find("td .dim").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_once_went_by_loss_alone_and_now_names_what_each_part_of_it_is_by()
    {
        Comparison reads = new(Measure.Perplexity, 9.1, 8.5, new Interval(-0.6, -0.64, -0.53), 64);
        Comparison shares = new(Measure.F1, 0.4, 0.39, new Interval(-0.01, -0.05, 0.02), 20);
        Comparison bleu = new(Measure.Bleu, 20, 15, new Interval(-5, -7, -2), 20);
        Assert.Equal("Better by perplexity; no clear difference by shared words (F1).", MeasureWords.Summary(new([reads, shares], null, null, [], [])));
        Assert.Equal(
            "Better by perplexity; worse by BLEU. It became worse on Birds, version 1.",
            MeasureWords.Summary(new([reads, bleu], reads with { Change = new Interval(1, 0.5, 2) }, "Birds, version 1", [], [])));
    }

    private IRenderedComponent<MeasureRow> Row(Comparison comparison) => Render<MeasureRow>(set => set.Add(row => row.Comparison, comparison));

    private string[] Figures(Comparison comparison) => [.. Row(comparison).FindAll("td.num").Select(cell => cell.TextContent)];

    private string Verdict(Comparison comparison) => Row(comparison).FindAll("td")[^1].TextContent;
}
