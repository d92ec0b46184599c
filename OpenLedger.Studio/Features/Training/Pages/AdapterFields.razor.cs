using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Size and kind of the adapter.</summary>
public sealed partial class AdapterFields
{
    /// <summary>Whether the size is given by what the run goes on from.</summary>
    [Parameter] public bool Fixed { get; set; }

    private Task ChangeTargets(string text) =>
        Change(Recipe with { TargetModules = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) });
}
