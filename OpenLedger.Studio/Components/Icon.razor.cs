using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One 16 px line icon that says nothing by itself: the word beside it does. Knows no meaning.</summary>
public partial class Icon
{
    /// <summary>A drawing out of <see cref="Icons"/>; trusted markup, never a person's text.</summary>
    [Parameter, EditorRequired] public string Path { get; set; } = "";

    /// <summary>"s" (14 px), "l" (20 px) or nothing (16 px).</summary>
    [Parameter] public string? Size { get; set; }

    [Parameter] public string? Class { get; set; }

    private string Css => $"i {(Size is null ? "" : "i-" + Size)} {Class}".Trim();
}
