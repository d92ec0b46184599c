using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components;

/// <summary>Asks before something that costs or cannot be undone; the way out has the focus first.</summary>
public partial class ConfirmDialog
{
    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public ConfirmQuestion Question { get; set; } = new("", "", "");

    private Wei Sum => Question.Fees.Aggregate(Wei.Zero, (sum, fee) => sum + fee.Amount);
}
