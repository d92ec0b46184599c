using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Tests.Records;

/// <summary>The vectors of certificate-transparency's reference implementation (merkle_tree_test.cc), and the properties a stranger relies on.</summary>
public class MerkleTreeTests
{
    private static readonly Sha256Hash[] Leaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }
            .Select(hex => MerkleTree.LeafOf(Convert.FromHexString(hex)))];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_published_roots_come_out(int size, string root) =>
        Assert.Equal(root, MerkleTree.Root(Leaves[..size]).Hex);

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7,5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e,6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b,ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0,d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d,5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e,bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void The_published_paths_come_out(int index, int size, string path) =>
        Assert.Equal(path.Split(','), MerkleTree.Prove(Leaves[..size], index).Path.Select(hash => hash.Hex));

    [Fact]
    public void Every_leaf_of_every_size_is_shown_and_nothing_else_is()
    {
        Sha256Hash[] leaves = [.. Enumerable.Range(0, 70).Select(i => MerkleTree.LeafOf([(byte)i]))];
        for (int size = 1; size <= leaves.Length; size++)
        {
            Sha256Hash root = MerkleTree.Root(leaves[..size]);
            for (int i = 0; i < size; i++)
            {
                MerkleProof proof = MerkleTree.Prove(leaves[..size], i);
                Assert.True(MerkleTree.Verify(leaves[i], proof, root));
                Assert.False(MerkleTree.Verify(leaves[(i + 1) % leaves.Length], proof, root));
                Assert.False(MerkleTree.Verify(leaves[i], proof with { Path = [.. proof.Path, root] }, root));
                Assert.False(MerkleTree.Verify(leaves[i], proof with { Index = size }, root));
                if (size > 1) Assert.False(MerkleTree.Verify(leaves[i], proof with { Path = [.. proof.Path.Skip(1)] }, root));
            }
        }
    }

    [Fact]
    public void A_node_cannot_pass_for_a_leaf()
    {
        Sha256Hash pair = MerkleTree.Root(Leaves[..2]);
        byte[] inner = [.. Leaves[0].ToBytes(), .. Leaves[1].ToBytes()];
        Assert.NotEqual(pair, MerkleTree.Root([MerkleTree.LeafOf(inner)]));
    }
}
