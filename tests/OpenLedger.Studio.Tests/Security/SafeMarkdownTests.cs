using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Tests.Security;

public class SafeMarkdownTests
{
    public static TheoryData<string> Payloads { get; } =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//evil>", "<a href=javascript:alert(1)>x</a>", "<style>*{display:none}</style>", "<form action=//evil><input>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "[x](http://plain.example)",
        "[x](//evil.example)", "[x](file:///etc/passwd)", "[x](\u0001javascript:alert(1))", "![x](https://evil.example/pixel.png)", "![x](data:image/svg+xml,<svg onload=alert(1)>)", "[![x](https://evil/p.png)](https://ok.example)",
        "<https://ok.example onclick=alert(1)>", "[x]: javascript:alert(1)\n[x]", "<details open ontoggle=alert(1)>", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "```<script>alert(1)</script>```",
        "[x](https://ok.example \"\" onmouseover=\"alert(1))", "<base href=//evil>", "<link rel=stylesheet href=//evil>", "<meta http-equiv=refresh content=0>", "<object data=x>", "<embed src=x>", "# <b onclick=alert(1)>x</b>", "x{onclick=alert(1)}",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Nothing_a_stranger_writes_runs_or_fetches(string payload)
    {
        AngleSharp.Dom.IDocument page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(SafeMarkdown.Render(payload).Value);
        Assert.Empty(page.Body!.QuerySelectorAll("script,img,svg,iframe,style,form,input,object,embed,base,link,meta,math,details,video,audio"));
        foreach (AngleSharp.Dom.IElement element in page.Body.QuerySelectorAll("*"))
        {
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, (string[])["href", "title", "rel"]));
            if (element.GetAttribute("href") is { } href) Assert.StartsWith("https://", href, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_harmless_is_kept()
    {
        string html = SafeMarkdown.Render("# Title\n\nSome *words* with `code`, a [link](https://ok.example/a) and\n\n- a list\n\n| a | b |\n|---|---|\n| 1 | 2 |").Value;
        Assert.Contains("<h3>Title</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<em>words</em>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://ok.example/a\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Equal("", SafeMarkdown.Render(null).Value);
}
