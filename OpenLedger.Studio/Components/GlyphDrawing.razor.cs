using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>The drawing of one place of the thread. Its size and colour are its surroundings'.</summary>
public partial class GlyphDrawing
{
    [Parameter, EditorRequired] public GlyphKind Kind { get; set; }

    [Parameter] public string? Class { get; set; }
}
