using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One thing worth saying beside the page's content, with what can be done about it.</summary>
public partial class Notice
{
    [Parameter] public Tone Tone { get; set; } = Tone.Info;

    /// <summary>What happened, as a whole sentence.</summary>
    [Parameter] public string? Title { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter] public RenderFragment? Actions { get; set; }

    private NoticeLook Look => Tone switch
    {
        Tone.Info => new("", Icons.Info),
        Tone.Ok => new("ok", Icons.CircleCheck),
        Tone.Warn => new("warn", Icons.TriangleAlert),
        Tone.Error => new("err", Icons.CircleX),
    };

    private sealed record NoticeLook(string Css, string Icon);
}
