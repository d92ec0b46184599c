using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>What a wallet holds, has prepaid and has earned; and the field that prepays more.</summary>
public partial class BalanceCard
{
    private string _amount = "";

    [Parameter, EditorRequired] public Rewards Rewards { get; set; } = null!;

    [Parameter, EditorRequired] public Address Account { get; set; }

    /// <summary>Nothing while the chain does not answer.</summary>
    [Parameter] public Wei? Wallet { get; set; }

    /// <summary>The chain is one for practice.</summary>
    [Parameter] public bool Practice { get; set; }

    [Parameter] public bool Busy { get; set; }

    [Parameter] public string? Problem { get; set; }

    [Parameter] public EventCallback<string> OnDeposit { get; set; }

    private Task SendAsync() => OnDeposit.InvokeAsync(_amount);
}
