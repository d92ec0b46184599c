using Ganss.Xss;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Security;

/// <summary>Turns a stranger's Markdown into markup that runs nothing and fetches nothing. Sanitised after rendering: the other order lets payloads through.</summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();
    private static readonly HtmlSanitizer _sanitizer = Sanitizer();

    /// <param name="text">Markdown from anybody.</param>
    /// <returns>Markup with links to https only, no images, no styles, no ids.</returns>
    public static MarkupString Render(string? text) => new(string.IsNullOrWhiteSpace(text) ? "" : _sanitizer.Sanitize(Markdown.ToHtml(text, _pipeline)));

    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "title" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "https" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        // A page has one h1 and its own h2s: what a stranger writes starts below them.
        sanitizer.RemovingTag += (_, removing) =>
        {
            if (removing.Tag.LocalName is not ("h1" or "h2")) return;
            removing.Tag.OuterHtml = $"<h3>{removing.Tag.InnerHtml}</h3>";
            removing.Cancel = true;
        };
        // Neither "//host" nor a path of this site has a scheme to be refused: only a whole https address stays.
        sanitizer.FilterUrl += (_, url) =>
        {
            if (!url.OriginalUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) url.SanitizedUrl = null;
        };
        sanitizer.PostProcessNode += (_, node) =>
        {
            if (node.Node is AngleSharp.Dom.IElement { LocalName: "a" } link) link.SetAttribute("rel", "noopener noreferrer nofollow");
        };
        return sanitizer;
    }
}
