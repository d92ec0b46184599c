using OpenLedger.Engine.Evaluation;

namespace OpenLedger.Engine.Tests.Evaluation;

public class AnswerMeasureTests
{
    [Theory]
    [InlineData("The Optic Nerve.", "optic nerve", 1)]
    [InlineData("an optic nerve", "the optic nerves", 0)]
    public void Exact_ignores_case_articles_and_marks(string answer, string expected, double score) => Assert.Equal(score, AnswerMatch.Exact(answer, expected));

    [Fact]
    public void Bleu_of_many_is_not_the_mean_of_theirs()
    {
        Bleu[] counts = [Bleu.Of("the cat sat on the mat today", "the cat sat on the mat"), Bleu.Of("no", "nothing of the kind at all")];
        Assert.NotEqual(counts.Average(count => count.Score()), Bleu.Sum(counts).Score(), 1e-3);
        Assert.Equal(100, Bleu.Of("a b c d", "a b c d").Score(), 1e-9);
    }

    [Fact]
    public void A_perplexity_that_falls_is_better_and_a_score_that_falls_is_worse()
    {
        Interval down = new(-1, -1.5, -0.5);
        Assert.True(new Comparison(Measure.Perplexity, 5, 4, down, 10).IsBetter);
        Assert.False(new Comparison(Measure.F1, 5, 4, down, 10).IsBetter);
        Assert.Null(new Comparison(Measure.F1, 5, 4, new Interval(-1, -2, 0.1), 10).IsBetter);
    }
}
