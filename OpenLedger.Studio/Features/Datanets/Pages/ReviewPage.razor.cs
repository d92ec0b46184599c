using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>What an admin decides by: checks, a sample, near duplicates. Its owner sees the same.</summary>
public sealed partial class ReviewPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ReviewView? _view;
    private Refusal? _refusal;
    private Person _person = Person.Visitor;
    private string _reason = "";
    private bool _loaded;
    private bool _busy;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadReview Read { get; set; } = null!;

    [Inject] private ReviewDatanet Review { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        Outcome<ReviewView> outcome = await Read.ReadAsync(_person, Id, _left.Token);
        (_view, _refusal, _loaded) = (outcome.Value, outcome.Refusal, true);
    }

    private async Task ApproveAsync()
    {
        bool sure = await Dialogs.ConfirmAsync(new ConfirmQuestion(
            $"Publish {_view!.Datanet.Name}, version 1?", "Its root goes on the chain. A published version cannot be changed, only followed by another.", "Publish version 1"));
        if (sure) await DecideAsync(async () => (await Review.ApproveAsync(_person, Id, _left.Token)).Refusal, "Published; the root is on its way to the chain.");
    }

    private Task SendBackAsync() => DecideAsync(async () => (await Review.SendBackAsync(_person, Id, _reason, _left.Token)).Refusal, "Sent back with your reason.");

    private async Task DecideAsync(Func<Task<Refusal?>> act, string done)
    {
        _busy = true;
        _refusal = await act();
        _busy = false;
        if (_refusal is not null) return;
        Toasts.Done(done);
        Navigation.NavigateTo($"/datanets/{Id}");
    }
}
