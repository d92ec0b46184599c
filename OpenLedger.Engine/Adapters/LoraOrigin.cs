using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters;

/// <summary>What PEFT takes off the base when it begins an adapter, and takes off again each time it loads one whose file was not converted.</summary>
public enum LoraOrigin
{
    None,

    /// <summary>The strongest directions (<c>pissa</c>).</summary>
    StrongestDirections,

    /// <summary>The first columns of an orthogonal factor, and the rows that go with them (<c>olora</c>: Büyükakyüz, arXiv 2406.01775).</summary>
    LeadingColumns,
}

/// <summary>Computes it. Reads no file.</summary>
internal static class LoraOrigins
{
    /// <summary>The pair that was taken off, for the caller's scope.</summary>
    /// <param name="weight">float32 [out, in].</param>
    public static LoraPair Pair(this LoraOrigin origin, string module, Tensor weight, int rank, double scale)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        LoraPair pair = origin == LoraOrigin.LeadingColumns ? Leading(module, weight, rank, scale) : PissaStart.Strongest(module, weight, rank, scale);
        return new LoraPair(pair.A.clone().MoveToOuterDisposeScope(), pair.B.clone().MoveToOuterDisposeScope(), scale);
    }

    // Signs of the columns are free, and cancel in the product.
    private static LoraPair Leading(string module, Tensor weight, int rank, double scale)
    {
        if (rank > Math.Min(weight.shape[0], weight.shape[1])) throw new AdapterException($"'{module}' has {Math.Min(weight.shape[0], weight.shape[1])} columns to begin with, and the adapter took {rank}");
        (Tensor q, Tensor r) = linalg.qr(weight.cpu());
        return new LoraPair(r.narrow(0, 0, rank).to(weight.device), q.narrow(1, 0, rank).to(weight.device), scale);
    }
}
