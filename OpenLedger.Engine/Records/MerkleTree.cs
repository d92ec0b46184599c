using System.Security.Cryptography;

namespace OpenLedger.Engine.Records;

/// <summary>RFC 6962's hash tree: leaves are prefixed 0x00 and nodes 0x01, so that a leaf can never pass for a node. Knows nothing of what the leaves are.</summary>
public static class MerkleTree
{
    /// <summary>The hash of a leaf: SHA-256 over 0x00 and its bytes.</summary>
    public static Sha256Hash LeafOf(ReadOnlySpan<byte> data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return Sha256Hash.FromDigest(hash.GetHashAndReset());
    }

    /// <summary>The root over leaf hashes in their order; of no leaves, the hash of nothing (RFC 6962, 2.1).</summary>
    public static Sha256Hash Root(IReadOnlyList<Sha256Hash> leaves)
    {
        if (leaves.Count == 0) return Sha256Hash.Of([]);
        byte[][] digests = Digests(leaves);
        return Sha256Hash.FromDigest(SubRoot(digests, 0, digests.Length));
    }

    /// <summary>Shows that the leaf at <paramref name="index"/> stands in the tree (RFC 6962, 2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf.</exception>
    public static MerkleProof Prove(IReadOnlyList<Sha256Hash> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leaves.Count);
        byte[][] digests = Digests(leaves);
        List<Sha256Hash> path = [];
        CollectPath(digests, index, 0, digests.Length, path);
        return new MerkleProof(index, leaves.Count, path);
    }

    /// <summary>Whether the proof leads from the leaf hash to the root (RFC 9162, 2.1.3.2). Any malformed proof is a plain no.</summary>
    public static bool Verify(Sha256Hash leaf, MerkleProof proof, Sha256Hash root)
    {
        if (proof.Index < 0 || proof.Index >= proof.Size) return false;
        long node = proof.Index;
        long last = proof.Size - 1;
        byte[] hash = leaf.ToBytes();
        foreach (Sha256Hash sibling in proof.Path)
        {
            if (last == 0) return false;
            bool right = (node & 1) == 1 || node == last;
            hash = right ? NodeOf(sibling.ToBytes(), hash) : NodeOf(hash, sibling.ToBytes());
            // A last node without a right sibling was carried upwards unhashed: climb past those levels.
            while (right && (node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && Sha256Hash.FromDigest(hash) == root;
    }

    private static byte[] SubRoot(byte[][] leaves, int start, int count)
    {
        if (count == 1) return leaves[start];
        int left = SplitOf(count);
        return NodeOf(SubRoot(leaves, start, left), SubRoot(leaves, start + left, count - left));
    }

    private static void CollectPath(byte[][] leaves, int index, int start, int count, List<Sha256Hash> path)
    {
        if (count == 1) return;
        int left = SplitOf(count);
        bool inLeft = index < left;
        if (inLeft) CollectPath(leaves, index, start, left, path);
        else CollectPath(leaves, index - left, start + left, count - left, path);
        path.Add(Sha256Hash.FromDigest(inLeft ? SubRoot(leaves, start + left, count - left) : SubRoot(leaves, start, left)));
    }

    // The largest power of two below count.
    private static int SplitOf(int count) => 1 << (31 - int.LeadingZeroCount(count - 1));

    private static byte[] NodeOf(byte[] left, byte[] right)
    {
        Span<byte> node = stackalloc byte[65];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[33..]);
        return SHA256.HashData(node);
    }

    private static byte[][] Digests(IReadOnlyList<Sha256Hash> leaves) => [.. leaves.Select(leaf => leaf.ToBytes())];
}
