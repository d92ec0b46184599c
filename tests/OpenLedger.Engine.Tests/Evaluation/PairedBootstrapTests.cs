using OpenLedger.Engine.Evaluation;

namespace OpenLedger.Engine.Tests.Evaluation;

public class PairedBootstrapTests
{
    [Fact]
    public void A_difference_that_every_row_shows_is_clear_and_the_seed_alone_decides_its_interval()
    {
        double[] tuned = [.. Enumerable.Range(0, 40).Select(i => i % 7 / 10.0)], before = [.. tuned.Select((value, i) => value - 0.1 - i % 3 / 100.0)];
        Interval one = PairedBootstrap.Of(before, tuned, rows => rows.Average());
        Assert.Equal(one, PairedBootstrap.Of(before, tuned, rows => rows.Average()));
        Assert.NotEqual(one, PairedBootstrap.Of(before, tuned, rows => rows.Average(), seed: 2));
        Assert.True(one.IsClear);
        Assert.InRange(one.Difference, one.Low, one.High);
        Assert.InRange(one.Low, 0.1, 0.11);   // paired: the rows' own spread does not widen it
    }

    [Fact]
    public void A_difference_that_hangs_on_one_row_is_not_clear()
    {
        double[] before = new double[30], tuned = new double[30];
        (before[3], tuned[7]) = (1, 1);
        Assert.False(PairedBootstrap.Of(before, tuned, rows => rows.Average()).IsClear);
    }

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        Random random = new(4);
        int covered = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double[] before = new double[60], tuned = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];   // true mean difference 0.5
            Interval interval = PairedBootstrap.Of(before, tuned, rows => rows.Average(), seed: trial);
            if (interval.Low <= 0.5 && interval.High >= 0.5) covered++;
        }
        Assert.InRange(covered, 180, 199);   // 95 % of 200 is 190
    }
}
