using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>Everybody and everything that may stand behind a call. Knows nothing of amounts.</summary>
/// <param name="Models">The adapters that answered; a call of the bare base has one without developer and rows.</param>
/// <param name="Passages">Rows whose passages were retrieved, scored by how the answer used them.</param>
/// <param name="Stakes">What each address stakes on the models.</param>
public sealed record CallEvidence(IReadOnlyList<ServedModel> Models, IReadOnlyList<ScoredRow> Passages, IReadOnlyList<(string Address, BigInteger Stake)> Stakes);
