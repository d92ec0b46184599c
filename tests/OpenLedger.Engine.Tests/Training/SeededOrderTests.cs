using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class SeededOrderTests
{
    /// <summary>First outputs for seed 1234567 as published with the Java reference (xoshiro.di.unimi.it/splitmix64.c).</summary>
    [Fact]
    public void Numbers_equal_the_published_ones()
    {
        SeededOrder order = new(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [order.Next(), order.Next(), order.Next()]);
    }

    [Fact]
    public void A_shuffle_keeps_every_item() =>
        Assert.Equal(Enumerable.Range(0, 100), new SeededOrder(5).Shuffle(Enumerable.Range(0, 100)).Order());

    [Fact]
    public void Mixed_seeds_differ_in_every_part()
    {
        long[] seeds = [SeededOrder.Mix(1, 2, 3), SeededOrder.Mix(1, 3, 2), SeededOrder.Mix(2, 2, 3), SeededOrder.Mix(1, 2), SeededOrder.Mix(1, 2, 4)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.True(seed >= 0));
    }
}
