namespace OpenLedger.Engine.Tests;

/// <summary>Tests that count the process's live tensors: they run by themselves, since every other test makes and drops tensors too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorCounting
{
    public const string Name = "tensors are counted";
}
