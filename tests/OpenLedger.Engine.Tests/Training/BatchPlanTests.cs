using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class BatchPlanTests
{
    private static readonly EncodedRow[] Rows = [.. Enumerable.Range(0, 61).Select(i => TinyRows.Row($"row-{i}", 10 + 37 * i % 200))];

    [Fact]
    public void Each_row_stands_once_in_each_epoch()
    {
        BatchPlan plan = new(Rows, 4, 3, seed: 7);
        Assert.Equal(6, plan.StepsPerEpoch);
        for (int epoch = 0; epoch < 2; epoch++)
            Assert.Equal(Rows.OrderBy(r => r.Id), plan.Epoch(epoch).SelectMany(step => step).SelectMany(batch => batch).OrderBy(r => r.Id));
    }

    [Fact]
    public void A_step_is_the_same_whenever_it_is_asked_for()
    {
        BatchPlan one = new(Rows, 4, 1, seed: 7), other = new(Rows, 4, 1, seed: 7);
        _ = one.Step(3);
        Assert.Equal(one.Step(20).SelectMany(b => b), other.Step(20).SelectMany(b => b));
        Assert.NotEqual(one.Epoch(0).SelectMany(s => s).SelectMany(b => b), one.Epoch(1).SelectMany(s => s).SelectMany(b => b));
    }

    [Fact]
    public void Rows_of_near_length_stand_together()
    {
        static int Padding(IEnumerable<IReadOnlyList<EncodedRow>> batches) => batches.Sum(batch => batch.Sum(row => batch.Max(r => r.Ids.Length) - row.Ids.Length));
        int planned = Padding(new BatchPlan(Rows, 4, 1, seed: 7).Epoch(0).SelectMany(step => step));
        int inOrder = Padding(Rows.Chunk(4));
        Assert.True(planned * 4 < inOrder, $"{planned} padded places against {inOrder}");
    }
}
