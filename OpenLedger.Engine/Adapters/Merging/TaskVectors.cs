using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>The arithmetic on equally shaped updates, as PEFT's <c>merge_utils</c> defines it. Knows nothing of ranks and modules.</summary>
internal static class TaskVectors
{
    /// <summary>One matrix out of several, by the method's rule.</summary>
    /// <param name="masks">Zeros and ones for each, where the method draws what to drop.</param>
    public static Tensor Combine(MergeOptions options, IReadOnlyList<Tensor> tensors, IReadOnlyList<double> weights, IReadOnlyList<Tensor>? masks)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] kept = [.. tensors.Select((tensor, i) => Kept(options, tensor, masks?[i]))];
        Tensor[] weighted = [.. kept.Select((tensor, i) => tensor * (float)weights[i])];
        Tensor result = options.Method.Elects() ? AverageOfAgreeing(weighted, Agreement(kept, options.Election)) : Sum(weighted);
        return result.MoveToOuterDisposeScope();
    }

    private static Tensor Kept(MergeOptions options, Tensor tensor, Tensor? mask) =>
        !options.Method.Drops() || options.Density >= 1 ? tensor
        : mask is not null ? tensor * mask / (float)options.Density
        : Largest(tensor, options.Density);

    // The share is of the whole matrix, and its count is cut, not rounded.
    private static Tensor Largest(Tensor tensor, double density)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = tensor.reshape(-1), mask = zeros_like(flat);
        (_, Tensor places) = flat.abs().topk((int)(density * flat.numel()));
        mask.index_fill_(0, places, 1);
        return (flat * mask).reshape(tensor.shape).MoveToOuterDisposeScope();
    }

    // TIES elects before the weights come in; a tie counts as plus.
    private static Tensor[] Agreement(Tensor[] kept, SignElection election)
    {
        Tensor[] signs = [.. kept.Select(tensor => tensor.sign())];
        Tensor votes = Sum(election == SignElection.Total ? kept : signs);
        Tensor elected = votes.ge(0).to(float32) * 2 - 1;
        return [.. signs.Select(sign => sign.eq(elected).to(float32))];
    }

    private static Tensor AverageOfAgreeing(Tensor[] weighted, Tensor[] agreement) =>
        Sum([.. weighted.Select((tensor, i) => tensor * agreement[i])]) / Sum(agreement).clamp_min(1);

    private static Tensor Sum(IReadOnlyList<Tensor> tensors)
    {
        using DisposeScope scope = NewDisposeScope();
        return stack(tensors).sum(dim: 0).MoveToOuterDisposeScope();
    }
}
