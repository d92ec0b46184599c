using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>Every Datanet that a person may see, to search and to open.</summary>
public sealed partial class DatanetsPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private DatanetFilter _filter = new();
    private IReadOnlyList<DatanetLine>? _lines;
    private Person _person = Person.Visitor;

    [Inject] private BrowseDatanets Browse { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private bool IsFiltered => _filter != new DatanetFilter();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
    }

    private Task SearchAsync(string? words) => FilterAsync(_filter with { Words = words ?? "" });

    private Task ChooseLicence(ChangeEventArgs chosen) => FilterAsync(_filter with { Licence = chosen.Value is string { Length: > 0 } id ? id : null });

    private Task ShowAsync(DatanetScope scope) => FilterAsync(_filter with { Scope = scope });

    private Task ClearAsync() => FilterAsync(new DatanetFilter());

    private Task FilterAsync(DatanetFilter filter)
    {
        _filter = filter;
        return LoadAsync();
    }

    // An answer that comes after a newer question is not shown.
    private async Task LoadAsync()
    {
        DatanetFilter asked = _filter;
        IReadOnlyList<DatanetLine> found = await Browse.ListAsync(_person, asked, _left.Token);
        if (asked == _filter) _lines = found;
    }

    private static string NameOf(DatanetScope scope) => scope switch
    {
        DatanetScope.All => "All",
        DatanetScope.MayTrain => "I can train on",
        DatanetScope.Mine => "Mine",
    };

    private static string HistoryOf(DatanetDocument datanet) =>
        (datanet.LatestVersion == 0 ? "No version yet" : $"Version {datanet.LatestVersion}") + ", " + DatanetWords.Count(datanet.Contributors, "contributor");
}
