using System.Text.Json;
using OpenLedger.Contracts.SignIn;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.SignIn;

public class SignInParserTests
{
    private const string Good =
        "studio.example wants you to sign in with your Ethereum account:\n0x4c325E7b6192A4413B874eFEb64C1dec4dbF886f\n\nHello there.\n\nURI: https://studio.example/sign-in\nVersion: 1\nChain ID: 161201\n" +
        "Nonce: ace738c68088218d\nIssued At: 2026-11-25T09:30:35.123Z\nExpiration Time: 2026-11-25T09:40:00.123Z\nNot Before: 2026-11-25T09:30:00.123Z\nRequest ID: req-1\nResources:\n- https://studio.example/a\n- ipfs://bafy/";

    [Fact]
    public void Reads_and_writes_what_viem_writes()
    {
        foreach (JsonElement vector in SiweVectors.Messages)
        {
            string text = vector.Text("message");
            SignInReading reading = SignInParser.Read(text);
            Assert.True(reading.IsRead, reading.Refusal);
            SignInMessage message = reading.Message;
            Assert.Equal(text, message.ToText());
            Assert.Equal(vector.Text("domain"), message.Domain);
            Assert.Equal(Address.Parse(vector.Text("address")), message.Address);
            Assert.Equal(vector.GetProperty("chainId").GetInt64(), message.ChainId.Value);
            Assert.Equal(vector.Text("nonce"), message.Nonce);
            Assert.Equal(vector.GetProperty("issuedAt").GetDateTimeOffset(), message.IssuedAt);
            Assert.Equal(vector.TryGetProperty("expirationTime", out JsonElement expires) ? expires.GetDateTimeOffset() : null, message.ExpirationTime);
            Assert.Equal(vector.TryGetProperty("statement", out JsonElement statement) ? statement.GetString() : null, message.Statement);
            Assert.Equal(vector.TryGetProperty("resources", out JsonElement resources) ? resources.GetArrayLength() : 0, message.Resources.Count);
        }
    }

    [Fact]
    public void Reads_the_message_the_refusals_are_made_of() => Assert.True(SignInParser.Read(Good).IsRead);

    [Theory]
    [InlineData("studio.example wants", " wants")]
    [InlineData("studio.example wants", "studio.example/path wants")]
    [InlineData("studio.example wants", "evil.example@studio.example wants")]
    [InlineData("studio.example wants", "studio.example  wants")]
    [InlineData("wants you", "Wants you")]
    [InlineData("0x4c325E7b6192A4413B874eFEb64C1dec4dbF886f", "0x4c325e7b6192a4413b874efeb64c1dec4dbf886f")]
    [InlineData("0x4c325E7b6192A4413B874eFEb64C1dec4dbF886f", "0x4C325e7b6192A4413B874eFEb64C1dec4dbF886f")]
    [InlineData("0x4c325E7b6192A4413B874eFEb64C1dec4dbF886f", "")]
    [InlineData("0x4c325E7b6192A4413B874eFEb64C1dec4dbF886f", "0x4c325E7b6192A4413B874eFEb64C1dec4dbF886")]
    [InlineData("886f\n\nHello", "886f\nHello")]
    [InlineData("886f\n\nHello", "886f\n\n\nHello")]
    [InlineData("Hello there.", "Hello\nthere.")]
    [InlineData("Hello there.", "Hello\u202ethere.")]
    [InlineData("Hello there.", "Hello\tthere.")]
    [InlineData("there.\n\nURI", "there.\nURI")]
    [InlineData("URI: https://studio.example/sign-in\n", "")]
    [InlineData("URI: https", "uri: https")]
    [InlineData("https://studio.example/sign-in", "_not_a_uri_")]
    [InlineData("https://studio.example/sign-in", "https://studio.example/a b")]
    [InlineData("Version: 1", "Version: 2")]
    [InlineData("Version: 1\nChain ID: 161201", "Chain ID: 161201\nVersion: 1")]
    [InlineData("Version: 1\n", "")]
    [InlineData("Chain ID: 161201\n", "")]
    [InlineData("Chain ID: 161201", "Chain ID: ?")]
    [InlineData("Chain ID: 161201", "Chain ID: -1")]
    [InlineData("Chain ID: 161201", "Chain ID: 99999999999999999999")]
    [InlineData("Nonce: ace738c68088218d\n", "")]
    [InlineData("Nonce: ace738c68088218d", "Nonce: ace738c")]
    [InlineData("Nonce: ace738c68088218d", "Nonce: ace738c6-088218d")]
    [InlineData("\nIssued At: 2026-11-25T09:30:35.123Z", "")]
    [InlineData("Issued At: 2026-11-25T09:30:35.123Z", "Issued At: Wed Oct 05 2011 16:48:00 GMT+0200 (CEST)")]
    [InlineData("Issued At: 2026-11-25T09:30:35.123Z", "Issued At: 2026-13-25T09:30:35.123Z")]
    [InlineData("Issued At: 2026-11-25T09:30:35.123Z", "Issued At: 2026-11-25 09:30:35")]
    [InlineData("Expiration Time: 2026-11-25T09:40:00.123Z", "Expiration Time: tomorrow")]
    [InlineData("Expiration Time: 2026-11-25T09:40:00.123Z\nNot Before: 2026-11-25T09:30:00.123Z", "Not Before: 2026-11-25T09:30:00.123Z\nExpiration Time: 2026-11-25T09:40:00.123Z")]
    [InlineData("Request ID: req-1", "Request ID: req 1")]
    [InlineData("Resources:\n- https://studio.example/a", "Resources:\n- _no_")]
    [InlineData("- ipfs://bafy/", "- ipfs://bafy/ - https://x/")]
    [InlineData("- ipfs://bafy/", "- ipfs://bafy/\nRequest ID: x")]
    [InlineData("- ipfs://bafy/", "- ipfs://bafy/\n")]
    [InlineData("\n", "\r\n")]
    public void Refuses_what_the_grammar_does_not_write(string part, string instead)
    {
        string broken = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        SignInReading reading = SignInParser.Read(broken);
        Assert.False(reading.IsRead);
        Assert.NotEmpty(reading.Refusal);
    }

    [Fact]
    public void Refuses_nothing_and_too_much()
    {
        Assert.False(SignInParser.Read(null).IsRead);
        Assert.False(SignInParser.Read("").IsRead);
        Assert.False(SignInParser.Read(Good.Replace("Hello there.", new string('a', 5000), StringComparison.Ordinal)).IsRead);
    }

    [Fact]
    public void Every_cut_and_every_changed_character_is_read_back_as_it_stands_or_refused()
    {
        var random = new Random(4361);
        for (int i = 0; i < 20_000; i++)
        {
            char[] text = Good.ToCharArray();
            for (int n = random.Next(1, 4); n > 0; n--) text[random.Next(text.Length)] = (char)random.Next(1, 300);
            string changed = new string(text)[..random.Next(1, text.Length + 1)];
            SignInReading reading = SignInParser.Read(changed);
            // "Resources:" may stand over nothing (EIP-4361: *( LF "- " URI )), and is not written then
            if (reading.IsRead) Assert.Equal(Lines(changed) - (changed.EndsWith("\nResources:", StringComparison.Ordinal) ? 1 : 0), Lines(reading.Message.ToText()));
        }
    }

    private static int Lines(string text) => text.Count(c => c == '\n');
}
