using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>What a download would bring, file by file, and whether this machine takes it. Downloads nothing.</summary>
public sealed partial class PlanCard
{
    [Parameter, EditorRequired] public ImportPlan Plan { get; set; } = null!;

    /// <summary>Another GGUF file of the same repository was chosen.</summary>
    [Parameter] public EventCallback<string> OnOther { get; set; }
}
