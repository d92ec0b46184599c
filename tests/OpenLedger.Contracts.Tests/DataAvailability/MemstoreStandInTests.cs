using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.DataAvailability;

/// <summary>The folder that stands in for a network.</summary>
public sealed class MemstoreStandInTests : IDisposable
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-da-").FullName;

    private MemstoreStandIn Store => new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Data_is_kept_by_its_hash_and_once()
    {
        byte[] payload = "records"u8.ToArray();
        DataCommitment first = Assert.IsType<PutResult.Stored>(await Store.PutAsync(payload, _cancel)).Commitment;
        DataCommitment second = Assert.IsType<PutResult.Stored>(await Store.PutAsync(payload, _cancel)).Commitment;
        Assert.Equal(first, second);
        Assert.Equal("0x00" + Hash32.KeccakOf(payload).Key[2..], first.Hex);
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(payload, Assert.IsType<GetResult.Found>(await Store.GetAsync(first, _cancel)).Payload);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_not_handed_out()
    {
        DataCommitment commitment = Assert.IsType<PutResult.Stored>(await Store.PutAsync("records"u8.ToArray(), _cancel)).Commitment;
        await File.WriteAllTextAsync(Directory.GetFiles(_folder)[0], "forged", _cancel);
        Assert.IsType<GetResult.CertificateInvalid>(await Store.GetAsync(commitment, _cancel));
    }

    [Theory]
    [InlineData("0x03aabb")]
    [InlineData("0x00aabb")]
    [InlineData("0x000000000000000000000000000000000000000000000000000000000000000001")]
    public async Task What_it_does_not_have_is_refused(string commitment)
    {
        Assert.True(DataCommitment.TryParse(commitment, out DataCommitment? parsed));
        Assert.IsType<GetResult.Refused>(await Store.GetAsync(parsed, _cancel));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0x")]
    [InlineData("0xabc")]
    [InlineData("0x../../etc")]
    [InlineData("aabb")]
    public void What_is_no_commitment_is_not_parsed(string? text) => Assert.False(DataCommitment.TryParse(text, out _));
}
