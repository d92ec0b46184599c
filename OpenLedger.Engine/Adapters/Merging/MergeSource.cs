namespace OpenLedger.Engine.Adapters.Merging;

/// <summary>One adapter of a merge and how much it counts; a negative weight takes away what it does. Owns nothing.</summary>
public sealed record MergeSource(LoraWeights Adapter, double Weight);
