using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution.Pages;

/// <summary>The way into traces: a field for anything, and the newest answers. Reads only.</summary>
public sealed partial class TraceListPage
{
    private const int Newest = 10;

    private IReadOnlyList<ReceiptRow>? _latest;
    private string _what = "";

    [Inject] private FindTraces Find { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _latest = await Find.LatestAsync(Newest, CancellationToken.None);

    private void Open()
    {
        if (_what.Trim() is { Length: > 0 } what) Navigation.NavigateTo($"/trace/{Uri.EscapeDataString(what)}");
    }
}
