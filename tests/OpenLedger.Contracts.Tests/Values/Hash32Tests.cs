using System.Text;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Values;

/// <summary>32-byte words and Keccak-256 against its published digests.</summary>
public sealed class Hash32Tests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Keccak_is_the_one_of_the_EVM(string text, string hash) => Assert.Equal(hash, Hash32.KeccakOf(Encoding.ASCII.GetBytes(text)).Key);

    [Fact]
    public void Prefix_and_case_do_not_matter_and_the_rest_does()
    {
        string digits = "AB" + new string('0', 62);
        Assert.Equal(Hash32.Parse(digits), Hash32.Parse("0x" + digits.ToLowerInvariant()));
        Assert.False(Hash32.TryParse(digits + "0", out _));
        Assert.False(Hash32.TryParse(digits[1..], out _));
        Assert.False(Hash32.TryParse(new string('g', 64), out _));
        Assert.False(Hash32.TryParse(null, out _));
        Assert.Equal(Hash32.Zero, Hash32.Parse(new string('0', 64)));
        Assert.Equal("0x275b1", ChainId.Development.Hex);
    }
}
