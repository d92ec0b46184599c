using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Datanets that were published or sent back lately.</summary>
public partial class DecidedTable
{
    [Parameter, EditorRequired] public Approvals Approvals { get; set; } = null!;
}
