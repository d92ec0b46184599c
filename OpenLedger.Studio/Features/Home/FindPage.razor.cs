using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>What the search found; a single hit is opened at once.</summary>
public sealed partial class FindPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<FindHit>? _hits;

    [SupplyParameterFromQuery(Name = "q")] private string? Words { get; set; }

    [Inject] private FindAnything Find { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _hits = await Find.FindAsync(Words, _left.Token);
        if (_hits is [var only]) Navigation.NavigateTo(only.Href, replace: true);
    }

    private string Short => Words is { Length: > 40 } ? Words[..40] + "…" : Words ?? "";
}
