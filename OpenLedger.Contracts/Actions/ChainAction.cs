using System.Text.Json.Serialization;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Actions;

/// <summary>Something the node does on the chain, as data that can wait in an outbox. Each is refused by its contract if it is sent twice, but for <see cref="SendNative"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "action")]
[JsonDerivedType(typeof(RegisterDatanetVersion), "register-datanet-version")]
[JsonDerivedType(typeof(RegisterModel), "register-model")]
[JsonDerivedType(typeof(PostAttributionBatch), "post-attribution-batch")]
[JsonDerivedType(typeof(ReleaseDeposits), "release-deposits")]
[JsonDerivedType(typeof(SetPayoutRoot), "set-payout-root")]
[JsonDerivedType(typeof(SendNative), "send-native")]
public abstract record ChainAction;

/// <summary>Writes a Datanet version's root down.</summary>
/// <param name="Datanet">The Datanet's id as 32 bytes.</param>
/// <param name="Number">The version before it plus one; the first is 1.</param>
/// <param name="Root">RFC 6962 root over the rows' leaves.</param>
/// <param name="Licence">SHA-256 of the licence's text.</param>
public sealed record RegisterDatanetVersion(Hash32 Datanet, int Number, Hash32 Root, Hash32 Licence, long Rows, Address Provider) : ChainAction;

/// <summary>Writes a published adapter down.</summary>
/// <param name="Datasets">Roots of the Datanet versions it was trained on, at most 64.</param>
public sealed record RegisterModel(Hash32 Model, Hash32 Manifest, Hash32 Weights, Hash32 Base, IReadOnlyList<Hash32> Datasets, Address Developer) : ChainAction;

/// <summary>Writes a batch of attribution records down.</summary>
/// <param name="Number">The batch before it plus one; the first is 1.</param>
/// <param name="Commitment">"0x" and the data commitment under which the records are kept.</param>
/// <param name="Total">Wei that the batch's records share out.</param>
public sealed record PostAttributionBatch(long Number, Hash32 Root, string Commitment, long Count, Wei Total) : ChainAction;

/// <summary>Hands spent deposits to the distributor.</summary>
/// <param name="Cumulative">All that was ever spent, this release included.</param>
public sealed record ReleaseDeposits(Wei Cumulative) : ChainAction;

/// <summary>Puts the next payout root up.</summary>
/// <param name="Number">The root before it plus one; the first is 1.</param>
/// <param name="Total">Sum of all leaves' cumulative amounts: never less than the active root's, never more than was funded.</param>
/// <param name="Batch">Hash of the payout batch's record.</param>
public sealed record SetPayoutRoot(long Number, Hash32 Root, Wei Total, Hash32 Batch) : ChainAction;

/// <summary>Sends native OPEN: the development chain's faucet.</summary>
public sealed record SendNative(Address To, Wei Amount) : ChainAction;
