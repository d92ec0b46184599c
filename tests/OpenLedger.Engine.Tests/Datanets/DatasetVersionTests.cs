using System.Security.Cryptography;
using System.Text;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Tests.Datanets;

/// <summary>What a version commits to.</summary>
public class DatasetVersionTests
{
    private static readonly DatanetRow Conversation =
        new("r1", [new(ChatTurn.System, "Be brief."), new(ChatTurn.User, "Why?"), new(ChatTurn.Assistant, "Because.")], null, "0xaa", "NIH", "https://example.org/1");

    private static readonly DatanetRow Plain = new("r2", [], "A text.", "0xbb");

    [Fact]
    public void A_leaf_is_the_prefixed_hash_of_the_rows_canonical_json()
    {
        string json = """{"contributor":"0xbb","id":"r2","text":"A text.","turns":[]}""";
        Assert.Equal(json, CanonicalJson.Serialize(Plain));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(json)])), Plain.Leaf.Hex);
        DatanetRow back = CanonicalJson.Read<DatanetRow>(CanonicalJson.Serialize(Conversation));
        Assert.Equal(Conversation.Leaf, back.Leaf);
    }

    [Fact]
    public void A_passage_leaves_instructions_out()
    {
        Assert.Equal("Why?\n\nBecause.", Conversation.AsPassageText());
        Assert.Equal("A text.", Plain.AsPassageText());
    }

    [Fact]
    public void A_version_counts_rows_by_contributor_and_changes_with_any_row()
    {
        DatasetVersion version = DatasetVersion.Over([Conversation, Plain], "d1", 1, null, "CC-BY-4.0", "0xaa", 5);
        Assert.Equal([new ContributorRows("0xaa", 1), new ContributorRows("0xbb", 1)], version.Contributors);
        Assert.Equal(version.Id, CanonicalJson.Read<DatasetVersion>(CanonicalJson.Serialize(version)).Id);
        DatasetVersion swapped = DatasetVersion.Over([Plain, Conversation], "d1", 1, null, "CC-BY-4.0", "0xaa", 5);
        Assert.NotEqual(version.Root, swapped.Root);
        Assert.NotEqual(version.Id, swapped.Id);
    }
}
