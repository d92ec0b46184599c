namespace OpenLedger.Engine.Training;

/// <summary>Which rows stand together in which step of an epoch. Holds no tensors.</summary>
/// <param name="packed">Whether rows stand one behind another: then any may stand together. Else near lengths do, so that little is padding.</param>
public sealed class BatchPlan(IReadOnlyList<EncodedRow> rows, int batchSize, int accumulation, long seed, bool packed = false)
{
    // Rows are sorted by length within pools of this many batches: long enough to match lengths, short enough to keep the order random.
    private const int PoolBatches = 16;

    private EpochPlan? _latest;

    /// <summary>Steps of one epoch.</summary>
    public int StepsPerEpoch { get; } = Ceiling(Ceiling(rows.Count, batchSize), accumulation);

    /// <summary>The batches of a step, counted from 0 over the whole run.</summary>
    public IReadOnlyList<IReadOnlyList<EncodedRow>> Step(int step)
    {
        int epoch = step / StepsPerEpoch;
        EpochPlan plan = _latest is EpochPlan latest && latest.Epoch == epoch ? latest : new(epoch, Epoch(epoch));
        _latest = plan;
        return plan.Steps[step % StepsPerEpoch];
    }

    /// <summary>The steps of an epoch in their order, each a list of batches.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<EncodedRow>>> Epoch(int epoch)
    {
        SeededOrder order = new((ulong)SeededOrder.Mix(seed, epoch));
        List<EncodedRow> shuffled = order.Shuffle(rows);
        IEnumerable<EncodedRow[]> batches = packed ? shuffled.Chunk(batchSize) : order.Shuffle(NearLengths(shuffled));
        return [.. batches.Chunk(accumulation)];
    }

    private IEnumerable<EncodedRow[]> NearLengths(IEnumerable<EncodedRow> shuffled) =>
        shuffled.Chunk(batchSize * PoolBatches).SelectMany(pool => pool.OrderBy(row => row.Ids.Length).Chunk(batchSize));

    private static int Ceiling(int a, int b) => (a + b - 1) / b;

    private sealed record EpochPlan(int Epoch, IReadOnlyList<IReadOnlyList<IReadOnlyList<EncodedRow>>> Steps);
}
