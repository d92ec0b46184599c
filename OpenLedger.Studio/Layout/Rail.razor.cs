using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace OpenLedger.Studio.Layout;

/// <summary>The way to every page, the chain's state and the wallet. Under 1,180 px it shows icons, under 800 px it hides behind the menu.</summary>
public sealed partial class Rail : IDisposable
{
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose() => Navigation.LocationChanged -= Refresh;

    protected override void OnInitialized() => Navigation.LocationChanged += Refresh;

    private string SignInHref => SignInLink.From(Navigation);

    private void Refresh(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(StateHasChanged);
}
