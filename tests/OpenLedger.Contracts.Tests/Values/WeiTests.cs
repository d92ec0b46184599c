using System.Numerics;
using System.Text.Json;
using CsCheck;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Values;

/// <summary>Amounts: exact, never negative, readable.</summary>
public sealed class WeiTests
{
    [Theory]
    [InlineData("0", 4, "0")]
    [InlineData("1", 4, "<0.0001")]
    [InlineData("1", 18, "0.000000000000000001")]
    [InlineData("1000000000000000000", 4, "1")]
    [InlineData("1234567890000000000000", 4, "1,234.5678")]
    [InlineData("1999999999999999999", 0, "1")]
    [InlineData("1999999999999999999", 2, "1.99")]
    [InlineData("999999999999999999", 0, "<1")]
    [InlineData("1100000000000000000", 6, "1.1")]
    public void Open_text_rounds_down_and_never_shows_something_as_nothing(string wei, int decimals, string text) =>
        Assert.Equal(text, Wei.Parse(wei).ToOpenText(decimals));

    [Theory]
    [InlineData("1.25", "1250000000000000000")]
    [InlineData("0.000000000000000001", "1")]
    [InlineData("7", "7000000000000000000")]
    public void Open_text_is_read_exactly(string open, string wei)
    {
        Assert.True(Wei.TryParseOpen(open, out Wei amount));
        Assert.Equal(wei, amount.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1.0000000000000000001")]
    [InlineData("1.2.3")]
    public void Odd_open_text_is_refused(string open) => Assert.False(Wei.TryParseOpen(open, out _));

    [Fact]
    public void Less_than_nothing_is_a_broken_promise()
    {
        Assert.Throws<NegativeAmountException>(() => Wei.Zero - new Wei(1));
        Assert.Throws<NegativeAmountException>(() => new Wei(-1));
    }

    [Fact]
    public void Forty_digits_survive_text_and_json() =>
        Gen.ULong.Select(Gen.ULong, Gen.ULong, Gen.ULong).Sample((a, b, c, d) =>
        {
            Wei wei = new(((((BigInteger)a << 64) + b << 64) + c << 64) + d);
            Assert.Equal(wei, Wei.Parse(wei.ToString()));
            Assert.Equal(wei, JsonSerializer.Deserialize<Wei>(JsonSerializer.Serialize(wei)));
            Assert.Equal(wei, new Wei(wei.Amount / 3) + (wei - new Wei(wei.Amount / 3)));
        });
}
