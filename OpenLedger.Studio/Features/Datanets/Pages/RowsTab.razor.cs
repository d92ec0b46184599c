using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>A Datanet's rows, a page at a time.</summary>
public sealed partial class RowsTab : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private RowQuery _query = new();
    private RowsPage? _page;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public DatanetView View { get; set; } = null!;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    /// <summary>Told when rows were taken out.</summary>
    [Parameter] public EventCallback OnChange { get; set; }

    [Inject] private ReadRows Read { get; set; } = null!;

    [Inject] private RemoveWaitingRows Remove { get; set; } = null!;

    // What is published never changes; what waits is the owner's to take out.
    private bool MayRemove => View.IsMine && View.Datanet.State != DatanetState.WaitingForReview && (View.Datanet.LatestVersion == 0 || _query.Waiting);

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private Task SearchAsync(ChangeEventArgs typed) => AskAsync(_query with { Words = (string?)typed.Value ?? "", Page = 1 });

    private Task ChooseContributorAsync(ChangeEventArgs chosen) => AskAsync(_query with { Contributor = chosen.Value is string { Length: > 0 } key ? key : null, Page = 1 });

    private Task WaitingAsync(bool waiting) => AskAsync(_query with { Waiting = waiting, Page = 1 });

    private Task TurnAsync(int pages) => AskAsync(_query with { Page = _page!.Page + pages });

    private Task AskAsync(RowQuery query)
    {
        _query = query;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        RowQuery asked = _query;
        RowsPage? found = await Read.PageAsync(Person, View.Datanet.Id, asked, _left.Token);
        if (asked == _query) _page = found;
    }

    private async Task RemoveAsync(string rowId)
    {
        _refusal = (await Remove.RemoveAsync(Person, View.Datanet.Id, new HashSet<string> { rowId }, _left.Token)).Refusal;
        await OnChange.InvokeAsync();
        await LoadAsync();
    }
}
