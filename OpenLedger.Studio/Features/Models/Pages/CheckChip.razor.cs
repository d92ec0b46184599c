using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Serving;
using Icons = OpenLedger.Studio.Components.Icons;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>How a base's trial ended, in a word.</summary>
public sealed partial class CheckChip
{
    [Parameter] public ModelCheck? Check { get; set; }

    /// <summary>Its last trial failed.</summary>
    [Parameter] public bool Failed { get; set; }

    private (string Css, string Icon, string Word) Look => Check switch
    {
        _ when Failed => ("err", Icons.TriangleAlert, "Trial failed"),
        null => ("", Icons.CircleDashed, "Not tried yet"),
        { KeepsText: false } => ("warn", Icons.TriangleAlert, "Changes text"),
        { HasTemplate: false } => ("warn", Icons.TriangleAlert, "No chat template"),
        _ => ("ok", Icons.CircleCheck, "Passed"),
    };
}
