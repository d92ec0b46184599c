using System.Globalization;
using System.Numerics;
using CsCheck;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Engine.Tests.Attribution;

public class RawScoreTests
{
    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("1E-05", "0.00001")]
    [InlineData("2.5e3", "2500")]
    [InlineData("-0.0000000000000000019", "-0.000000000000000001")]
    [InlineData("0.0000000000000000009", "0")]
    [InlineData("-0", "0")]
    public void Digits_past_the_eighteenth_place_are_cut_toward_zero(string text, string kept) => Assert.Equal(kept, RawScore.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1e")]
    [InlineData("1e9999999")]
    [InlineData("1.2.3")]
    public void What_is_no_number_is_refused(string text) => Assert.Throws<FormatException>(() => RawScore.Parse(text));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_was_not_measured_is_refused(double value) => Assert.Throws<ArgumentException>(() => RawScore.FromDouble(value));

    [Fact]
    public void A_double_enters_by_its_shortest_digits_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("it-IT");
            Assert.Equal("0.1", RawScore.FromDouble(0.1).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Text_and_back_is_the_same_score() =>
        Gen.Long.Select(Gen.Long, (a, b) => new RawScore(new BigInteger(a) * b)).Sample(score => RawScore.Parse(score.ToString()) == score, iter: 10_000);
}
