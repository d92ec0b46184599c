using System.Security.Cryptography;
using OpenLedger.Contracts.DataAvailability;
using OpenLedger.Contracts.Tests.Outside;

namespace OpenLedger.Contracts.Tests.DataAvailability;

/// <summary>The proxy's REST interface: data round trip, and each of its refusals as what it means.</summary>
public sealed class EigenDaClientTests : IDisposable
{
    private static readonly DataCommitment _some = DataCommitment.FromBytes([3, 1, 2]);

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly EigenDaProxyStandIn _proxy = new();
    private readonly HttpClient _http = new();

    private EigenDaClient Client => new(_http, _proxy.Url);

    public void Dispose()
    {
        _proxy.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(3_000_000)]
    public async Task What_was_put_is_got(int size)
    {
        byte[] payload = RandomNumberGenerator.GetBytes(size);
        PutResult.Stored stored = Assert.IsType<PutResult.Stored>(await Client.PutAsync(payload, _cancel));
        Assert.StartsWith("0x03", stored.Commitment.Hex, StringComparison.Ordinal);
        Assert.Equal(payload, Assert.IsType<GetResult.Found>(await Client.GetAsync(stored.Commitment, _cancel)).Payload);
    }

    [Fact]
    public async Task Too_much_is_not_sent_at_all()
    {
        _proxy.MaxPayload = 1000;
        EigenDaClient client = Client;
        Assert.IsType<PutResult.Stored>(await client.PutAsync(new byte[1000], _cancel));
        int before = _proxy.Requests;
        Assert.Equal(new PutResult.TooLarge(1001, 1000), await client.PutAsync(new byte[1001], _cancel));
        Assert.Equal(before, _proxy.Requests);
    }

    [Fact]
    public async Task Nothing_is_refused() => Assert.IsType<PutResult.Refused>(await Client.PutAsync(Array.Empty<byte>(), _cancel));

    [Theory]
    [InlineData(1, CertificateFault.Unreadable)]
    [InlineData(2, CertificateFault.TooOld)]
    [InlineData(3, CertificateFault.Unproven)]
    [InlineData(4, CertificateFault.BlobUndecodable)]
    public async Task A_teapot_names_the_certificates_fault(int code, CertificateFault fault)
    {
        _proxy.Instead = (418, $$"""{"StatusCode":{{code}},"Msg":"because"}""", null);
        Assert.Equal(new GetResult.CertificateInvalid(fault, "because"), await Client.GetAsync(_some, _cancel));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"StatusCode\":99,\"Msg\":\"?\"}")]
    [InlineData("{\"StatusCode\":\"1\"}")]
    public async Task A_teapot_that_cannot_be_read_still_says_that_the_certificate_is_invalid(string body)
    {
        _proxy.Instead = (418, body, null);
        Assert.Equal(new GetResult.CertificateInvalid(CertificateFault.Unreadable, body), await Client.GetAsync(_some, _cancel));
    }

    [Fact]
    public async Task Busy_says_how_long_to_wait()
    {
        _proxy.Instead = (429, "slow down", "7");
        Assert.Equal(new PutResult.RateLimited(TimeSpan.FromSeconds(7)), await Client.PutAsync(new byte[5], _cancel));
        Assert.Equal(new GetResult.RateLimited(TimeSpan.FromSeconds(7)), await Client.GetAsync(_some, _cancel));
    }

    [Fact]
    public async Task Down_is_down_whether_it_says_so_or_not()
    {
        _proxy.Instead = (503, "failover", null);
        Assert.IsType<PutResult.Down>(await Client.PutAsync(new byte[5], _cancel));
        Assert.IsType<GetResult.Down>(await Client.GetAsync(_some, _cancel));
        EigenDaClient nobody = new(_http, new Uri("http://127.0.0.1:9/"));
        Assert.IsType<PutResult.Down>(await nobody.PutAsync(new byte[5], _cancel));
        Assert.IsType<GetResult.Down>(await nobody.GetAsync(_some, _cancel));
    }

    [Theory]
    [InlineData(400, "unsupported commitment type 09")]
    [InlineData(403, "API not enabled")]
    [InlineData(500, "read-only mode")]
    public async Task Other_refusals_keep_status_and_words(int status, string words)
    {
        _proxy.Instead = (status, words, null);
        Assert.Equal(new PutResult.Refused(status, words), await Client.PutAsync(new byte[5], _cancel));
        Assert.Equal(new GetResult.Refused(status, words), await Client.GetAsync(_some, _cancel));
    }

    [Fact]
    public async Task Data_it_does_not_know_is_refused() => Assert.Equal(new GetResult.Refused(500, "commitment key not found"), await Client.GetAsync(_some, _cancel));
}
