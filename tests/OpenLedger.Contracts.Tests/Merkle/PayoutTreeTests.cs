using System.Text.Json;
using CsCheck;
using OpenLedger.Contracts.Merkle;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Merkle;

/// <summary>Payout trees against @openzeppelin/merkle-tree.</summary>
public sealed class PayoutTreeTests
{
    private static Address AccountOf(int i) => Address.FromBytes(Hash32.KeccakOf(BitConverter.GetBytes(i)).ToBytes().AsSpan(12));

    [Fact]
    public void Roots_and_proofs_are_those_of_OpenZeppelin()
    {
        foreach (JsonElement vector in Repository.Vectors("payout-trees.json").EnumerateArray())
        {
            JsonElement[] leaves = [.. vector.GetProperty("leaves").EnumerateArray()];
            PayoutTree tree = PayoutTree.Build(leaves.Select(LeafOf));
            Assert.Equal(vector.GetProperty("root").GetString(), tree.Root.Key);
            foreach (JsonElement leaf in leaves)
                Assert.Equal(leaf.GetProperty("proof").EnumerateArray().Select(hash => hash.GetString()), tree.ProofOf(LeafOf(leaf)).Select(hash => hash.Key));
        }
    }

    [Fact]
    public void Each_leaf_proves_itself_and_no_other() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39], Gen.ULong).Sample((size, index, amount) =>
        {
            index %= size;
            PayoutTree tree = PayoutTree.Build(Enumerable.Range(0, size).Select(i => new PayoutLeaf(AccountOf(i), new Wei(amount) * (i + 1))));
            PayoutLeaf leaf = new(AccountOf(index), new Wei(amount) * (index + 1));
            Assert.True(PayoutTree.Verify(tree.Root, leaf, tree.ProofOf(leaf)));
            Assert.False(PayoutTree.Verify(tree.Root, leaf with { Cumulative = leaf.Cumulative + new Wei(1) }, tree.ProofOf(leaf)));
            Assert.False(PayoutTree.Verify(tree.Root, leaf with { Account = AccountOf(1000) }, tree.ProofOf(leaf)));
            Assert.Equal(new Wei(amount) * (size * (size + 1) / 2), tree.Total);
        }, iter: 200);

    [Fact]
    public void The_order_of_leaves_does_not_matter()
    {
        PayoutLeaf[] leaves = [.. Enumerable.Range(0, 9).Select(i => new PayoutLeaf(AccountOf(i), new Wei(i)))];
        Assert.Equal(PayoutTree.Build(leaves).Root, PayoutTree.Build(leaves.Reverse()).Root);
    }

    [Fact]
    public void Nothing_and_an_account_twice_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PayoutTree.Build([]));
        Assert.Throws<ArgumentException>(() => PayoutTree.Build([new PayoutLeaf(AccountOf(1), new Wei(1)), new PayoutLeaf(AccountOf(1), new Wei(2))]));
        Assert.Throws<KeyNotFoundException>(() => PayoutTree.Build([new PayoutLeaf(AccountOf(1), new Wei(1))]).ProofOf(new PayoutLeaf(AccountOf(1), new Wei(2))));
    }

    private static PayoutLeaf LeafOf(JsonElement leaf) => new(Address.Parse(leaf.GetProperty("account").GetString()!), Wei.Parse(leaf.GetProperty("cumulative").GetString()!));
}
