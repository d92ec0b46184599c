using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OpenLedger.Contracts.Signing;
using OpenLedger.Contracts.Tests.SignIn;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Signing;

public class StrictSignatureTests
{
    private static readonly BigInteger Order = BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Signature => SiweVectors.Texts[2].Text("signature");

    private static string Signed => SiweVectors.Texts[2].Text("text");

    [Fact]
    public void Recovers_what_viem_signed()
    {
        foreach (JsonElement vector in SiweVectors.Texts)
            Assert.Equal(Address.Parse(vector.Text("address")), StrictSignature.Recover(vector.Text("text"), vector.Text("signature")));
    }

    [Fact]
    public void Accepts_v_as_0_and_1_too()
    {
        string raw = Signature[..^2] + (Signature.EndsWith("1b", StringComparison.Ordinal) ? "00" : "01");
        Assert.Equal(StrictSignature.Recover(Signed, Signature), StrictSignature.Recover(Signed, raw));
    }

    [Fact]
    public void Refuses_every_odd_writing()
    {
        string r = Signature[2..66];
        string s = Signature[66..130];
        string v = Signature[130..];
        string Hex(BigInteger number) => number.ToString("x64", CultureInfo.InvariantCulture)[^64..];
        BigInteger highS = Order - BigInteger.Parse("0" + s, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string zero = new('0', 64);
        string[] odd =
        [
            "", "0x", Signature[2..], Signature + "00", Signature[..^2], "0X" + Signature[2..], " " + Signature, Signature[..^1] + "g",
            $"0x{r}{Hex(highS)}{(v == "1b" ? "1c" : "1b")}",   // the same signature, high in s (EIP-2)
            $"0x{r}{s}1d", $"0x{r}{s}1f", $"0x{r}{s}20", $"0x{r}{s}02", $"0x{r}{s}ff",
            $"0x{zero}{s}{v}", $"0x{r}{zero}{v}", $"0x{Hex(Order)}{s}{v}", $"0x{r}{Hex(Order)}{v}", $"0x{new string('f', 64)}{s}{v}", $"0x{r}{new string('f', 64)}{v}",
            "0x" + new string('0', 130), "0x" + new string('f', 130), string.Concat("0x", r, s),
        ];
        Assert.All(odd, text => Assert.Null(StrictSignature.Recover(Signed, text)));
        Assert.Null(StrictSignature.Recover(Signed, null));
    }

    [Fact]
    public void A_flipped_bit_never_gives_the_signer_and_never_throws()
    {
        Address signer = StrictSignature.Recover(Signed, Signature)!.Value;
        byte[] bytes = Convert.FromHexString(Signature[2..]);
        for (int bit = 0; bit < 520; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(signer, StrictSignature.Recover(Signed, "0x" + Convert.ToHexStringLower(flipped)));
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(20261125);
        var bytes = new byte[65];
        for (int i = 0; i < 300; i++)
        {
            random.NextBytes(bytes);
            bytes[64] = (byte)(27 + (i & 1));
            StrictSignature.Recover(Signed, "0x" + Convert.ToHexStringLower(bytes));
        }
    }
}
