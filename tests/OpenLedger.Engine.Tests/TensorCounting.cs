namespace OpenLedger.Engine.Tests;

/// <summary>Tests that count the process's live tensors or bytes: they run by themselves, since every other test makes and drops such too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorCounting
{
    public const string Name = "tensors are counted";

    /// <summary>Live tensors of the process: what a test itself left to the collector counts.</summary>
    public static long Now => TorchSharp.torch.Tensor.TotalCount;

    /// <summary>The count to begin with, when the collector has taken what other tests left to it.</summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Now;
    }
}
