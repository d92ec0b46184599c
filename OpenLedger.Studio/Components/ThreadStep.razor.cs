using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One place on the thread; without a glyph it is a small knot (a version, the shares, a transaction). Its line is the one after it.</summary>
public partial class ThreadStep
{
    [Parameter] public GlyphKind? Glyph { get; set; }

    [Parameter, EditorRequired] public string Caption { get; set; } = "";

    [Parameter] public string? Value { get; set; }

    /// <summary>In place of <see cref="Value"/>, where the value is more than a word.</summary>
    [Parameter] public RenderFragment? ValueContent { get; set; }

    [Parameter] public string? Href { get; set; }

    [Parameter] public ThreadLine Line { get; set; } = ThreadLine.Recorded;

    /// <summary>False draws the place itself grey: nothing has arrived here.</summary>
    [Parameter] public bool Reached { get; set; } = true;

    /// <summary>The line of text under the value.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private string Css => string.Join(' ', Parts());

    private IEnumerable<string> Parts()
    {
        if (Glyph is null) yield return "kn";
        if (LineClass is { } line) yield return line;
        if (!Reached) yield return "off";
    }

    private string? LineClass => Line switch
    {
        ThreadLine.Recorded => null,
        ThreadLine.NotYet => "todo",
        ThreadLine.Broken => "bad",
    };
}
