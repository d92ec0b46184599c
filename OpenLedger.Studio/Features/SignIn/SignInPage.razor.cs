using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Layout;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Where a person chooses the wallet that signs in, and goes back to where they came from.</summary>
public sealed partial class SignInPage : IDisposable
{
    private const string Practice = "practice";

    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<FoundWallet>? _found;
    private string? _practice;
    private string? _asking;
    private string? _why;

    [SupplyParameterFromQuery(Name = "back")] private string? Back { get; set; }

    [Inject] private WalletScript Wallets { get; set; } = null!;

    [Inject] private SignInOptions Options { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _practice = await Wallets.PracticeAsync(_left.Token);
        _found = await Wallets.FindAsync(_left.Token);
        StateHasChanged();
    }

    private async Task SignInAsync(string kind)
    {
        _asking = kind;
        _why = null;
        WalletAnswer answer = await Wallets.SignInAsync(kind, _left.Token);
        _asking = null;
        _why = answer.Why;
        // A new page load, so that the circuit starts under the cookie just set.
        if (answer.Ok) Navigation.NavigateTo(SignInLink.SafeBack(Back), forceLoad: true);
    }
}
