using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components.Parts;

/// <summary>Fields, the wizard and what floats, live.</summary>
public partial class FormParts
{
    private string? _name = "";
    private string? _text = "";
    private int _rank = 8;
    private double _rate = 2;
    private string? _licence = "CC BY 4.0";
    private bool _mine = true;
    private bool _open;
    private string _answer = "Nothing asked yet";

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    private async Task Ask()
    {
        bool yes = await Dialogs.ConfirmAsync(new ConfirmQuestion("Publish Neurology and stroke, version 1?", "Its root goes on the practice chain. A published version cannot be changed, only followed by another.", "Publish version 1")
        {
            Fees = [("Register the root", Wei.Parse("214000000000000")), ("Data availability, 1.1 MB", Wei.Parse("96000000000000"))],
            Balance = Wei.FromOpen(12),
        });
        _answer = yes ? "Yes" : "No";
    }
}
