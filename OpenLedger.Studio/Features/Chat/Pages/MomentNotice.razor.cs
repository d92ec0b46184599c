using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>Tells who talks to a moment of a training what it is and who is paid for its answers.</summary>
public sealed partial class MomentNotice
{
    [Parameter, EditorRequired] public MomentView Moment { get; set; } = null!;

    private string PaidText => Moment.PaidRows switch
    {
        0 => "Its answers cost what those of your private models cost. No row with a known contributor is on record for it, so what contributors would get goes to the treasury; passages that an answer uses are paid as always.",
        1 => "Its answers cost what those of your private models cost: you as its developer are paid, and the one row that it learned from until then.",
        int rows => $"Its answers cost what those of your private models cost: you as its developer are paid, and the {rows:N0} rows that it learned from until then.",
    };
}
