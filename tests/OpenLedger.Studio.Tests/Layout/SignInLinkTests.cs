using OpenLedger.Studio.Layout;

namespace OpenLedger.Studio.Tests.Layout;

public class SignInLinkTests
{
    [Theory]
    [InlineData("/datanets/new", "/datanets/new")]
    [InlineData("/find?q=a#b", "/find?q=a#b")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void The_way_back_never_leaves_the_site(string? back, string expected) => Assert.Equal(expected, SignInLink.SafeBack(back));
}
