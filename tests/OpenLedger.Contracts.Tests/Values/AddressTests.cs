using System.Text.Json;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.Tests.Values;

/// <summary>Addresses against the examples of EIP-55.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Checksum_is_that_of_EIP_55(string text)
    {
        Address address = Address.Parse(text);
        Assert.Equal(text, address.Checksum);
        Assert.Equal(text.ToLowerInvariant(), address.Key);
        Assert.Equal(address, Address.Parse(address.Key));
        Assert.Equal(address, Address.FromBytes(address.ToBytes()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData(" 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x٠٠00000000000000000000000000000000000000")]
    public void Anything_else_is_refused(string? text) => Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void The_default_is_the_zero_address()
    {
        Assert.Equal(Address.Zero, Address.Parse("0x0000000000000000000000000000000000000000"));
        Assert.True(default(Address).IsZero);
        Assert.Equal(20, default(Address).ToBytes().Length);
    }

    [Fact]
    public void Json_holds_the_checksummed_text()
    {
        Address address = Address.Parse("0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359");
        string json = JsonSerializer.Serialize(address);
        Assert.Equal("\"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359\"", json);
        Assert.Equal(address, JsonSerializer.Deserialize<Address>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Address>("5"));
    }
}
