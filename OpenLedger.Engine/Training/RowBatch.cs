using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Rows as tensors, side by side and right-padded or one behind another, with the places that are learned from. Knows nothing of the model.</summary>
/// <remarks>The tensors belong to the dispose scope in which the batch was made.</remarks>
public sealed class RowBatch
{
    private RowBatch(Tensor ids, Tensor lengths, Tensor positions, Tensor targets, int learned) =>
        (Ids, Lengths, Positions, Targets, LearnedTokens) = (ids, lengths, positions, targets, learned);

    /// <summary>int64 [batch, tokens], zero after a row's end; [1, tokens] where rows stand one behind another.</summary>
    public Tensor Ids { get; }

    /// <summary>Each row's own length, where rows stand one behind another in one; else null.</summary>
    public IReadOnlyList<int>? Texts { get; private init; }

    /// <summary>int64 [batch]: each row's own length.</summary>
    public Tensor Lengths { get; }

    /// <summary>int64 [learned]: places in the flattened batch from which a learned token is foretold.</summary>
    public Tensor Positions { get; }

    /// <summary>int64 [learned]: the token to be foretold at each place.</summary>
    public Tensor Targets { get; }

    /// <summary>How many tokens are learned from.</summary>
    public int LearnedTokens { get; }

    /// <summary>Lays rows side by side.</summary>
    public static RowBatch Of(IReadOnlyList<EncodedRow> rows, Device device)
    {
        int width = rows.Max(row => row.Ids.Length);
        return Lay(rows, [.. rows.Select((_, r) => r * width)], [rows.Count, width], device);
    }

    /// <summary>Lays rows one behind another in a single one: no place is padding.</summary>
    public static RowBatch Pack(IReadOnlyList<EncodedRow> rows, Device device)
    {
        int[] starts = new int[rows.Count];
        for (int r = 1; r < rows.Count; r++) starts[r] = starts[r - 1] + rows[r - 1].Ids.Length;
        RowBatch laid = Lay(rows, starts, [1, starts[^1] + rows[^1].Ids.Length], device);
        return new(laid.Ids, laid.Lengths, laid.Positions, laid.Targets, laid.LearnedTokens) { Texts = [.. rows.Select(row => row.Ids.Length)] };
    }

    private static RowBatch Lay(IReadOnlyList<EncodedRow> rows, int[] starts, long[] shape, Device device)
    {
        long[] ids = new long[shape[0] * shape[1]];
        List<long> positions = [], targets = [];
        for (int r = 0; r < rows.Count; r++)
        {
            for (int t = 0; t < rows[r].Ids.Length; t++)
            {
                ids[starts[r] + t] = rows[r].Ids[t];
                if (t == 0 || !rows[r].Learned[t]) continue;
                positions.Add(starts[r] + t - 1);
                targets.Add(rows[r].Ids[t]);
            }
        }
        return new(
            tensor(ids, shape, device: device),
            tensor(rows.Select(row => (long)row.Ids.Length).ToArray(), device: device),
            tensor(positions.ToArray(), device: device),
            tensor(targets.ToArray(), device: device),
            targets.Count);
    }

    /// <summary>The hidden states [learned, width] from which learned tokens are foretold, out of [batch, tokens, width].</summary>
    public Tensor Pick(Tensor hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        return hidden.reshape(-1, hidden.shape[^1]).index_select(0, Positions).MoveToOuterDisposeScope();
    }

    /// <summary>The way back from <see cref="Pick"/>: a gradient [learned, width] in its places among zeros of the hidden states' shape.</summary>
    public Tensor Unpick(Tensor gradient, long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor places = zeros([shape[..^1].Aggregate((a, b) => a * b), shape[^1]], gradient.dtype, gradient.device);
        return places.index_add_(0, Positions, gradient, 1).reshape(shape).MoveToOuterDisposeScope();
    }
}
