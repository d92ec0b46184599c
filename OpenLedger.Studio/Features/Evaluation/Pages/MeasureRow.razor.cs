using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Evaluation;

namespace OpenLedger.Studio.Features.Evaluation.Pages;

/// <summary>One measure of base and tuned as a row of the table.</summary>
public sealed partial class MeasureRow
{
    [Parameter, EditorRequired] public Comparison Comparison { get; set; } = null!;

    /// <summary>In place of the measure's own name.</summary>
    [Parameter] public string? Title { get; set; }

    /// <summary>In place of the measure's own sentence.</summary>
    [Parameter] public string? Text { get; set; }
}
