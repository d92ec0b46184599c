namespace OpenLedger.Engine.Tests;

/// <summary>Tests that count the process's live tensors or bytes: they run by themselves, since every other test makes and drops such too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorCounting
{
    public const string Name = "tensors are counted";
}
