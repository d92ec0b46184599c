using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>A glyph of the thread standing in text, or as a 32 px node beside a heading.</summary>
public partial class Glyph
{
    [Parameter, EditorRequired] public GlyphKind Kind { get; set; }

    /// <summary>32 px with the surface behind it, as on the thread itself.</summary>
    [Parameter] public bool Node { get; set; }

    /// <summary>Grey: this place has not been reached.</summary>
    [Parameter] public bool Off { get; set; }

    private string Css => $"{(Node ? "node" : "gl")} {Kind.ToString().ToLowerInvariant()}{(Off ? " off" : "")}";
}
