using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Serving;

/// <summary>An adapter ready to answer. Owned by whoever loaded it; it must outlive the generations that use it.</summary>
/// <param name="Id">Its manifest's id.</param>
/// <param name="Hash">SHA-256 of its weights and configuration: what a prompt cache is told apart by.</param>
/// <param name="Weights">The weights in memory.</param>
public sealed record ServedAdapter(Sha256Hash Id, Sha256Hash Hash, LoraWeights Weights);
