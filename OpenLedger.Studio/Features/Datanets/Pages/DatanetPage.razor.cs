using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>One Datanet: what it is, where its rows went, and what its owner can do next.</summary>
public sealed partial class DatanetPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private DatanetView? _view;
    private Refusal? _refusal;
    private Person _person = Person.Visitor;
    private bool _loaded;
    private bool _busy;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadDatanet Read { get; set; } = null!;

    [Inject] private SubmitDatanet Submit { get; set; } = null!;

    [Inject] private PublishNext Publish { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    private bool MaySubmit => _view is { IsMine: true, Waiting: > 0, Datanet.State: DatanetState.Draft or DatanetState.SentBack };

    private string ModelsWord => _view!.Models.Count == 0 ? "none yet" : $"{DatanetWords.Number(_view.Models.Count)} trained on it";

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _view = await Read.OneAsync(_person, Id, _left.Token);
        _loaded = true;
    }

    private Task SubmitAsync() => ActAsync(async () => (await Submit.SubmitAsync(_person, Id, _left.Token)).Refusal, "Submitted. An admin looks at it next.");

    private Task TakeBackAsync() => ActAsync(async () => (await Submit.TakeBackAsync(_person, Id, _left.Token)).Refusal, "Taken back. It is a draft again.");

    private async Task PublishAsync()
    {
        int next = _view!.Datanet.LatestVersion + 1;
        bool sure = await Dialogs.ConfirmAsync(new ConfirmQuestion(
            $"Publish {_view.Datanet.Name}, version {next}?", "Its root goes on the chain. A published version cannot be changed, only followed by another.", $"Publish version {next}"));
        if (sure) await ActAsync(async () => (await Publish.PublishAsync(_person, Id, _left.Token)).Refusal, $"Version {next} is published; its root is on its way to the chain.");
    }

    private async Task ActAsync(Func<Task<Refusal?>> act, string done)
    {
        _busy = true;
        _refusal = await act();
        _busy = false;
        if (_refusal is null) Toasts.Done(done);
        await LoadAsync();
    }

    private static ThreadLine LineAfter(bool reached) => reached ? ThreadLine.Recorded : ThreadLine.NotYet;
}
