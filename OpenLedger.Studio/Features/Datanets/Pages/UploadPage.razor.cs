using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>From a file to rows: how it is read, what is wrong and how it is mended, what says the same, what it will look like.</summary>
public sealed partial class UploadPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private DatanetView? _datanet;
    private UploadView? _upload;
    private Refusal? _refusal;
    private Person _person = Person.Visitor;
    private string _note = "";
    private bool _loaded;
    private bool _working;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadDatanet Read { get; set; } = null!;

    [Inject] private ReadUpload Uploads { get; set; } = null!;

    [Inject] private MapColumns Columns { get; set; } = null!;

    [Inject] private MendRow Mending { get; set; } = null!;

    [Inject] private AddRows Add { get; set; } = null!;

    [Inject] private SubmitDatanet Submit { get; set; } = null!;

    [Inject] private ContributeRows Contribute { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    private bool IsMine => _datanet!.IsMine;

    private bool IsNew => _datanet!.Datanet.State is DatanetState.Draft or DatanetState.SentBack;

    private bool Ready => _upload?.Report is { IsReady: true };

    private string Purpose => IsMine
        ? $"To {_datanet!.Datanet.Name}. Nothing is published until you {(IsNew ? "submit it and an admin admits it" : "publish the next version")}."
        : $"To {_datanet!.Datanet.Name}, which {_datanet.OwnerName} owns. Rows that are taken stay yours, and pay you.";

    private string WhyNot => _upload switch
    {
        { Report: null } => "Say what the columns hold first.",
        { Report: { Waiting: > 0 } report } => $"Decide the {DatanetWords.Count(report.Waiting, "row")} above first. Your work is kept.",
        { Report.Good: 0 } => "No row is left to take.",
        _ => "Your work is kept until you do.",
    };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        _datanet = await Read.OneAsync(_person, Id, _left.Token);
        _upload = await Uploads.CurrentAsync(_person, Id, _left.Token);
        _loaded = true;
    }

    private async Task LoadUploadAsync()
    {
        _refusal = null;
        _upload = await Uploads.CurrentAsync(_person, Id, _left.Token);
    }

    private async Task ActAsync(Func<Task<Outcome<UploadView>>> act)
    {
        _working = true;
        StateHasChanged();
        Outcome<UploadView> outcome = await act();
        _working = false;
        _refusal = outcome.Refusal;
        _upload = outcome.Value ?? _upload;
    }

    private async Task AddAsync(bool submit)
    {
        int rows = _upload!.Report!.Good;
        _working = true;
        _refusal = (await Add.AddAsync(_person, _upload.Upload.Id, _left.Token)).Refusal;
        if (_refusal is null && submit) _refusal = (await Submit.SubmitAsync(_person, Id, _left.Token)).Refusal;
        _working = false;
        if (_refusal is not null) return;
        Toasts.Done(submit ? "Submitted. An admin looks at it next." : $"{DatanetWords.Count(rows, "row")} added.");
        if (IsNew && !submit) await OnParametersSetAsync();
        else Navigation.NavigateTo($"/datanets/{Id}");
    }

    private async Task OfferAsync()
    {
        _working = true;
        _refusal = (await Contribute.OfferAsync(_person, _upload!.Upload.Id, _note, _left.Token)).Refusal;
        _working = false;
        if (_refusal is not null) return;
        Toasts.Done("Offered. The owner looks at your rows next.");
        Navigation.NavigateTo($"/datanets/{Id}");
    }
}
