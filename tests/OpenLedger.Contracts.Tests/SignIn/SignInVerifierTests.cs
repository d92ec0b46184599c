using System.Text.Json;
using OpenLedger.Contracts.SignIn;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.SignIn;

public class SignInVerifierTests
{
    private static readonly JsonElement Vector = SiweVectors.Messages[1];   // https://studio.example, chain 161201, expires ten minutes after the first

    private static readonly SignInMessage Message = SignInParser.Read(Vector.Text("message")).Message!;

    private static readonly SignInExpectation Expected = new("studio.example", "https://studio.example", ChainId.Development, Message.Nonce, Message.IssuedAt.AddSeconds(20));

    private static SignInVerdict Check(SignInExpectation expected) => SignInVerifier.Check(Message, Vector.Text("message"), Vector.Text("signature"), expected);

    [Fact]
    public void Accepts_what_viem_signed_when_it_is_what_was_expected()
    {
        foreach (JsonElement vector in SiweVectors.Messages)
        {
            SignInMessage message = SignInParser.Read(vector.Text("message")).Message!;
            var expected = new SignInExpectation(message.Domain, new Uri(message.Uri).GetLeftPart(UriPartial.Authority), message.ChainId, message.Nonce, message.IssuedAt.AddSeconds(1));
            Assert.Equal(SignInVerdict.Accepted, SignInVerifier.Check(message, vector.Text("message"), vector.Text("signature"), expected));
        }
    }

    [Fact]
    public void Names_the_expectation_that_was_missed()
    {
        Assert.Equal(SignInVerdict.Accepted, Check(Expected));
        Assert.Equal(SignInVerdict.OtherDomain, Check(Expected with { Domain = "studio.example:444" }));
        Assert.Equal(SignInVerdict.OtherSite, Check(Expected with { Origin = "http://studio.example" }));
        Assert.Equal(SignInVerdict.OtherSite, Check(Expected with { Origin = "https://studio.example.evil" }));
        Assert.Equal(SignInVerdict.OtherChain, Check(Expected with { ChainId = new ChainId(1) }));
        Assert.Equal(SignInVerdict.OtherNonce, Check(Expected with { Nonce = Message.Nonce + "0" }));
        Assert.Equal(SignInVerdict.NotYetValid, Check(Expected with { Now = Message.IssuedAt.AddMinutes(-3) }));
        Assert.Equal(SignInVerdict.Expired, Check(Expected with { Now = Message.ExpirationTime!.Value }));
        Assert.Equal(SignInVerdict.Expired, Check(Expected with { MaxAge = TimeSpan.FromSeconds(5) }));
    }

    [Fact]
    public void A_message_without_expiry_expires_by_its_age()
    {
        JsonElement vector = SiweVectors.Messages[9];
        SignInMessage message = SignInParser.Read(vector.Text("message")).Message!;
        Assert.Null(message.ExpirationTime);
        var expected = new SignInExpectation(message.Domain, new Uri(message.Uri).GetLeftPart(UriPartial.Authority), message.ChainId, message.Nonce, message.IssuedAt.AddMinutes(11));
        Assert.Equal(SignInVerdict.Expired, SignInVerifier.Check(message, vector.Text("message"), vector.Text("signature"), expected));
    }

    [Fact]
    public void Another_wallets_signature_is_refused() =>
        Assert.Equal(SignInVerdict.NotSignedByItsAddress, SignInVerifier.Check(Message, Vector.Text("message"), SiweVectors.Messages[2].Text("signature"), Expected));

    [Fact]
    public void The_signature_is_of_the_text_as_sent() =>
        Assert.Equal(SignInVerdict.NotSignedByItsAddress, SignInVerifier.Check(Message, Vector.Text("message") + " ", Vector.Text("signature"), Expected));
}
