namespace OpenLedger.Engine.Records;

/// <summary>What shows that one leaf stands in a tree: its place, the tree's size and the sibling hashes from the leaf upwards (RFC 6962, 2.1.1).</summary>
public sealed record MerkleProof(long Index, long Size, IReadOnlyList<Sha256Hash> Path);
