using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Asks before a claim is handed to the wallet; the way out has the focus first.</summary>
public partial class ClaimDialog
{
    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public ClaimOffer Offer { get; set; } = null!;

    [Parameter] public int Answers { get; set; }
}
