using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>The governed parameters in a form.</summary>
public partial class GovernanceCard
{
    [Parameter, EditorRequired] public GovernanceForm Form { get; set; } = null!;

    [Parameter] public IReadOnlyList<string> Problems { get; set; } = [];

    [Parameter] public EventCallback<GovernanceForm> OnSave { get; set; }
}
