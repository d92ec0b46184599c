using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Merkle;

/// <summary>One account's line of a payout: all it has ever earned.</summary>
public readonly record struct PayoutLeaf(Address Account, Wei Cumulative);

/// <summary>The tree that <c>RewardDistributor</c> checks claims against: OpenZeppelin's StandardMerkleTree over (address, uint256). Knows nothing of why.</summary>
/// <remarks>Leaves are hashed twice, so that no inner node can pass for one, and sorted by hash; pairs are hashed in ascending order.</remarks>
public sealed class PayoutTree
{
    private readonly byte[][] _nodes;                       // [2n - 1], the root first, leaves last and backwards
    private readonly Dictionary<PayoutLeaf, int> _places;   // of each leaf among the nodes

    private PayoutTree(byte[][] nodes, Dictionary<PayoutLeaf, int> places)
    {
        _nodes = nodes;
        _places = places;
    }

    public Hash32 Root => Hash32.FromBytes(_nodes[0]);

    public IReadOnlyCollection<PayoutLeaf> Leaves => _places.Keys;

    /// <summary>Sum of the leaves: what a root built from them promises.</summary>
    public Wei Total => _places.Keys.Aggregate(Wei.Zero, static (sum, leaf) => sum + leaf.Cumulative);

    /// <param name="leaves">At least one, each account once.</param>
    /// <exception cref="ArgumentException">No leaf, or an account twice: two lines of one account would promise what can never be paid.</exception>
    public static PayoutTree Build(IEnumerable<PayoutLeaf> leaves)
    {
        (PayoutLeaf Leaf, byte[] Hash)[] hashed = [.. leaves.Select(leaf => (leaf, HashOf(leaf)))];
        if (hashed.Length == 0) throw new ArgumentException("a payout tree needs a leaf", nameof(leaves));
        if (hashed.Select(one => one.Leaf.Account).Distinct().Count() != hashed.Length) throw new ArgumentException("an account stands in the payout twice", nameof(leaves));
        Array.Sort(hashed, static (left, right) => left.Hash.AsSpan().SequenceCompareTo(right.Hash));
        byte[][] nodes = new byte[2 * hashed.Length - 1][];
        for (int i = 0; i < hashed.Length; i++) nodes[nodes.Length - 1 - i] = hashed[i].Hash;
        for (int i = hashed.Length - 2; i >= 0; i--) nodes[i] = HashPair(nodes[2 * i + 1], nodes[2 * i + 2]);
        return new PayoutTree(nodes, hashed.Select((one, i) => (one.Leaf, Place: nodes.Length - 1 - i)).ToDictionary(one => one.Leaf, one => one.Place));
    }

    /// <summary>The siblings from the leaf up to the root.</summary>
    /// <exception cref="KeyNotFoundException">The leaf is not in the tree.</exception>
    public IReadOnlyList<Hash32> ProofOf(PayoutLeaf leaf)
    {
        List<Hash32> proof = [];
        for (int i = _places[leaf]; i > 0; i = (i - 1) / 2) proof.Add(Hash32.FromBytes(_nodes[i % 2 == 0 ? i - 1 : i + 1]));
        return proof;
    }

    /// <summary>What the contract checks, checked here.</summary>
    public static bool Verify(Hash32 root, PayoutLeaf leaf, IReadOnlyList<Hash32> proof) =>
        Hash32.FromBytes(proof.Aggregate(HashOf(leaf), static (hash, sibling) => HashPair(hash, sibling.ToBytes()))) == root;

    // keccak(keccak(abi.encode(address, uint256)))
    private static byte[] HashOf(PayoutLeaf leaf)
    {
        byte[] words = new byte[64];
        leaf.Account.ToBytes().CopyTo(words, 12);
        byte[] amount = leaf.Cumulative.Amount.ToByteArray(isUnsigned: true, isBigEndian: true);
        amount.CopyTo(words, 64 - amount.Length);
        return Keccak.Of(Keccak.Of(words));
    }

    private static byte[] HashPair(byte[] left, byte[] right) =>
        left.AsSpan().SequenceCompareTo(right) < 0 ? Keccak.Of([.. left, .. right]) : Keccak.Of([.. right, .. left]);
}
