using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Rows side by side as tensors, right-padded, with the places that are learned from. Knows nothing of the model.</summary>
/// <remarks>The tensors belong to the dispose scope in which the batch was made.</remarks>
public sealed class RowBatch
{
    private RowBatch(Tensor ids, Tensor lengths, Tensor positions, Tensor targets, int learned) =>
        (Ids, Lengths, Positions, Targets, LearnedTokens) = (ids, lengths, positions, targets, learned);

    /// <summary>int64 [batch, tokens], zero after a row's end.</summary>
    public Tensor Ids { get; }

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
        long[] ids = new long[rows.Count * width];
        List<long> positions = [], targets = [];
        for (int r = 0; r < rows.Count; r++)
        {
            for (int t = 0; t < rows[r].Ids.Length; t++)
            {
                ids[r * width + t] = rows[r].Ids[t];
                if (t == 0 || !rows[r].Learned[t]) continue;
                positions.Add(r * width + t - 1);
                targets.Add(rows[r].Ids[t]);
            }
        }
        return new(
            tensor(ids, [rows.Count, width], device: device),
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
}
