using System.Numerics;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Engine.Tests.Attribution;

public class CallPriceTests
{
    [Fact]
    public void Each_product_is_rounded_down_once()
    {
        CallFee fee = new CallPrice(RateIn: 1_999, RateOut: 2_999, PlatformFee: 5).For(tokensIn: 1, tokensOut: 333);
        Assert.Equal((1, 998, 999, 1004), ((int)fee.In, (int)fee.Out, (int)fee.Net, (int)fee.Total));
    }

    [Fact]
    public void Wei_past_two_to_the_sixty_four_are_exact() =>
        Assert.Equal(BigInteger.Parse("99999999999999999999999900", System.Globalization.CultureInfo.InvariantCulture), new CallPrice(BigInteger.Pow(10, 26) - 100, 0, 0).For(1000, 0).Total);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void A_call_cannot_have_fewer_than_no_tokens(long tokensIn, long tokensOut) =>
        Assert.Throws<ArgumentException>(() => new CallPrice(1, 1, 1).For(tokensIn, tokensOut));
}
