using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>One claim in plain words and what checking it gave.</summary>
public partial class VerifyLine
{
    [Parameter, EditorRequired] public VerifyOutcome Outcome { get; set; }

    /// <summary>"Shares add up".</summary>
    [Parameter, EditorRequired] public string Claim { get; set; } = "";

    /// <summary>The facts: which hash was compared with which.</summary>
    [Parameter] public string? Detail { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    private LineLook Look => Outcome switch
    {
        VerifyOutcome.Pass => new("pass", Icons.CircleCheck, "Pass"),
        VerifyOutcome.Fail => new("fail", Icons.CircleX, "Fail"),
        VerifyOutcome.NotChecked => new("skip0", Icons.CircleDashed, "Not checked"),
        VerifyOutcome.Look => new("look", Icons.TriangleAlert, "Look"),
        VerifyOutcome.StandIn => new("look", Icons.Info, "Stand-in"),
    };

    private sealed record LineLook(string Css, string Icon, string Word);
}
