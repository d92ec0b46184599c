using System.Text.Json;
using CsCheck;
using Nethereum.RLP;
using OpenLedger.Contracts.Tests.Outside;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Transactions;

/// <summary>Raw transactions of strangers: cast's are read rightly, everything else is refused without harm.</summary>
public sealed class RawTransactionParserTests
{
    private static readonly JsonElement _vectors = Repository.Vectors("raw-transactions.json");

    private readonly RawTransactionParser _parser = new(ChainId.Development);

    public static TheoryData<string> Names => [.. _vectors.GetProperty("transactions").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static JsonElement Vector(string name) => _vectors.GetProperty("transactions").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    private static string RawOf(string name) => Vector(name).GetProperty("raw").GetString()!;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_cast_signed_is_read_as_cast_reads_it(string name)
    {
        JsonElement decoded = Vector(name).GetProperty("decoded");
        RawTransaction read = Assert.IsType<RawTransaction>(_parser.Parse(RawOf(name)).Transaction);
        Assert.Equal(decoded.GetProperty("signer").GetString(), read.From.Key);
        Assert.Equal(decoded.GetProperty("hash").GetString(), read.Hash.Key);
        Assert.Equal(decoded.GetProperty("to").GetString(), read.To?.Key);
        Assert.Equal(decoded.GetProperty("value").GetString(), "0x" + read.Value.Amount.ToString("x", null).TrimStart('0').PadLeft(1, '0'));
        Assert.Equal(decoded.GetProperty("nonce").GetString(), "0x" + read.Nonce.ToString("x", null).TrimStart('0').PadLeft(1, '0'));
        Assert.Equal(decoded.GetProperty("gas").GetString(), "0x" + read.Gas.ToString("x", null));
        Assert.Equal((decoded.GetProperty("input").GetString()!.Length - 2) / 2, read.DataLength);
    }

    [Theory]
    [InlineData(null, "hex digits")]
    [InlineData("", "hex digits")]
    [InlineData("0x", "empty")]
    [InlineData("0xzz", "hex digits")]
    [InlineData("0x0", "hex digits")]
    [InlineData("02f875", "hex digits")]
    [InlineData("0x7ef8", "0x7e")]
    [InlineData("0x7e", "0x7e")]
    [InlineData("0x03f8", "0x03")]
    [InlineData("0x04f8", "0x04")]
    [InlineData("0x80", "0x80")]
    [InlineData("0x02", "canonical")]
    [InlineData("0x02c0", "canonical")]
    [InlineData("0xc0", "canonical")]
    [InlineData("0x02fbffffffff", "canonical")]
    [InlineData("0xfb3b9aca00", "canonical")]
    [InlineData("0xffffffffffffffffff", "canonical")]
    public void What_is_no_transaction_is_refused_with_a_reason(string? raw, string reason)
    {
        RawTransactionResult result = _parser.Parse(raw);
        Assert.Null(result.Transaction);
        Assert.Contains(reason, result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nest_that_ends_Nethereums_process_is_refused()
    {
        byte[] nest = [0xc0];
        for (int i = 0; i < 30_000; i++) nest = RLP.EncodeList(nest);
        Assert.NotNull(_parser.Parse("0x02" + Convert.ToHexStringLower(nest)).Refusal);
        Assert.NotNull(_parser.Parse("0x" + Convert.ToHexStringLower(nest)).Refusal);
    }

    [Fact]
    public void Too_long_is_refused_before_it_is_read() =>
        Assert.Contains("131072 bytes", _parser.Parse("0x02" + new string('f', 2 * RawTransaction.MaxBytes)).Refusal, StringComparison.Ordinal);

    [Fact]
    public void Another_chains_transaction_is_refused_by_name()
    {
        RawTransactionParser elsewhere = new(new ChainId(1));
        Assert.Equal("the transaction is for chain 161201, this is chain 1", elsewhere.Parse(RawOf("call")).Refusal);
        Assert.Equal("the transaction is for chain 161201, this is chain 1", elsewhere.Parse(RawOf("legacy")).Refusal);
    }

    [Fact]
    public void More_gas_than_a_block_is_refused() => Assert.Contains("gas 90000", new RawTransactionParser(ChainId.Development, maxGas: 80_000).Parse(RawOf("call")).Refusal, StringComparison.Ordinal);

    [Fact]
    public void The_same_signature_with_high_s_is_refused()
    {
        string raw = RawOf("transfer, nonce 0");
        System.Numerics.BigInteger order = System.Numerics.BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, null);
        System.Numerics.BigInteger s = System.Numerics.BigInteger.Parse("0" + raw[^64..], System.Globalization.NumberStyles.HexNumber, null);
        string high = (order - s).ToString("x64", null)[^64..];
        string parity = raw[^134..^132] == "80" ? "01" : "80";
        string flipped = $"{raw[..^134]}{parity}{raw[^132..^64]}{high}";
        Assert.Equal(raw.Length, flipped.Length);
        Assert.Contains("signature", _parser.Parse(flipped).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_changed_byte_passes_for_the_signers_own(string name)
    {
        byte[] raw = Convert.FromHexString(RawOf(name).AsSpan(2));
        Address signer = Address.Parse(_vectors.GetProperty("sender").GetString()!);
        int step = Math.Max(1, raw.Length / 200);
        for (int i = 0; i < raw.Length; i += step)
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xff })
            {
                byte[] changed = [.. raw];
                changed[i] ^= flip;
                Assert.NotEqual(signer, _parser.Parse("0x" + Convert.ToHexStringLower(changed)).Transaction?.From);
            }
    }

    [Fact]
    public void Bytes_after_the_end_and_before_it_are_refused()
    {
        foreach (string name in new[] { "call", "legacy" })
        {
            string raw = RawOf(name);
            Assert.NotNull(_parser.Parse(raw + "00").Refusal);
            for (int length = 2; length < raw.Length; length += 2) Assert.NotNull(_parser.Parse(raw[..length]).Refusal);
        }
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            Assert.Null(_parser.Parse("0x" + Convert.ToHexStringLower(bytes)).Transaction);
            Assert.Null(_parser.Parse("0x02" + Convert.ToHexStringLower(bytes)).Transaction);
        }, iter: 20_000);
}
