using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Tests.Records;

/// <summary>The node's key: kept over restarts, never overwritten, and of use to a stranger who has its public part.</summary>
public sealed class NodeKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("node-key-");

    private string KeyFile => Path.Combine(_folder.FullName, "keys", "node.pem");

    [Fact]
    public void The_same_file_gives_the_same_key_and_no_draft_stays()
    {
        using NodeKey made = NodeKey.OpenOrCreate(KeyFile);
        using NodeKey opened = NodeKey.OpenOrCreate(KeyFile);
        Assert.Equal(made.Id, opened.Id);
        Assert.Equal(["node.pem"], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Select(Path.GetFileName));
        Assert.True(opened.Verify([1, 2, 3], made.Sign([1, 2, 3])));
    }

    [Fact]
    public void A_purpose_has_one_secret_and_no_other_purpose_has_it()
    {
        using NodeKey made = NodeKey.OpenOrCreate(KeyFile);
        using NodeKey opened = NodeKey.OpenOrCreate(KeyFile);
        Assert.Equal(made.SecretFor("one"), opened.SecretFor("one"));
        Assert.NotEqual(made.SecretFor("one"), made.SecretFor("two"));
        Assert.Equal(32, made.SecretFor("one").Length);
    }

    [Fact]
    public void A_changed_record_a_changed_signature_and_another_key_are_refused()
    {
        using NodeKey key = NodeKey.OpenOrCreate(KeyFile);
        using NodeKey other = NodeKey.OpenOrCreate(KeyFile + ".other");
        byte[] bytes = CanonicalJson.SerializeToUtf8(new { b = 2, a = 1 });
        NodeSignature signature = key.SignRecord(new { a = 1, b = 2 });
        Assert.True(NodeKey.Verify(key.PublicKey, bytes, signature));
        Assert.False(NodeKey.Verify(key.PublicKey, [.. bytes, 0], signature));
        Assert.False(NodeKey.Verify(other.PublicKey, bytes, signature));
        Assert.False(other.Verify(bytes, signature with { KeyId = other.Id }));
        Assert.False(key.Verify(bytes, signature with { Value = "not base64" }));
        Assert.False(NodeKey.Verify("bm90IGEga2V5", bytes, signature));
    }

    [Fact]
    public void A_broken_key_file_is_named_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "no key");
        NodeKeyException refused = Assert.Throws<NodeKeyException>(() => NodeKey.OpenOrCreate(KeyFile));
        Assert.Contains(KeyFile, refused.Message, StringComparison.Ordinal);
        Assert.Equal("no key", File.ReadAllText(KeyFile));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
