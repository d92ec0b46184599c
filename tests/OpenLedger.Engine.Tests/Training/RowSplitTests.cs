using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class RowSplitTests
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 50).Select(i => TinyRows.Row($"row-{i}", 5 + i % 7))];

    [Fact]
    public void The_share_is_kept_out_and_no_row_is_on_both_sides()
    {
        RowSplit split = RowSplit.Of(Rows, 0.2, seed: 1);
        Assert.Equal(10, split.HeldOut.Count);
        Assert.Equal(50, split.Training.Concat(split.HeldOut).Distinct().Count());
    }

    [Fact]
    public void The_order_of_the_file_does_not_matter_but_the_seed_does()
    {
        HashSet<string> Ids(IEnumerable<EncodedRow> rows, long seed) => [.. RowSplit.Of([.. rows], 0.2, seed).HeldOut.Select(row => row.Id)];
        Assert.Equal(Ids(Rows, 1), Ids(Rows.Reverse(), 1));
        Assert.NotEqual(Ids(Rows, 1), Ids(Rows, 2));
    }

    [Fact]
    public void A_single_row_is_learned_from() => Assert.Single(RowSplit.Of(Rows[..1], 0.5, 1).Training);
}
