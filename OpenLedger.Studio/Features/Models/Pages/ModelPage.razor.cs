using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>One model: what it is made of, what it asks, what it earned; its owner publishes it here. Trains and answers nothing.</summary>
public sealed partial class ModelPage
{
    private bool _loading = true, _busy, _vouched;
    private ModelView? _view;
    private AdapterManifest? _manifest;
    private Person _person = Person.Visitor;
    private string _summary = "", _rateIn = "", _rateOut = "";
    private string? _why, _rateInWrong, _rateOutWrong;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadModels Models { get; set; } = null!;

    [Inject] private PublishAdapter Publish { get; set; } = null!;

    [Inject] private SetTerms Terms { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private bool MayEdit => _view!.Model.Kind == ModelKind.Adapter && AdapterRules.IsOwner(_view.Model, _person);

    private bool MayPublish => MayEdit && _view is { Model.State: not ModelState.Published, Selling.Problem: null };

    private bool MustVouch => MayPublish && !_view!.Selling.IsAnswered(_view.Model.LicenceWord?.Licences ?? []);

    private bool MayExport => AdapterRules.MayExport(_view!.Model, _person);

    // The rows that the training log names, of those that were there to learn from.
    private string RowsText => _view switch
    {
        { LearnedFrom.Count: 0 } => "None recorded here",
        { RowsLearned: int learned } => $"{learned:N0} of {_view.LearnedFrom.Sum(from => from.Version.Rows):N0}",
        _ => "Not recorded which",
    };

    private string RowsFrom => _view!.LearnedFrom switch
    {
        [] => "",
        [LearnedFrom one] => $"{one.Datanet?.Name ?? "a Datanet"}, version {one.Version.Number}",
        var many => $"{many.Count} Datanet versions",
    };

    private string? RowsHref => _view!.LearnedFrom.Count == 0 ? null : $"/datanets/{_view.LearnedFrom[0].Version.DatanetId}";

    private string RegistrationText => _view!.Registration is OutboxRow row
        ? WordsOf(row)
        : _view.Model.Owner is null ? "Shipped with the Studio, not registered on this chain" : "Not yet: it is registered when it is published";

    private static string WordsOf(OutboxRow row) => row.State switch
    {
        OutboxState.Waiting or OutboxState.Signed or OutboxState.Sent => "On its way to the chain",
        OutboxState.Done => "Registered",
        OutboxState.Failed => $"The chain did not take it: {row.Error}",
    };

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
        if (_view is null) return;
        if (_view.Model is { Kind: ModelKind.Moment, RunId: string run }) Navigation.NavigateTo($"/factory/runs/{run}", replace: true); // a moment's page is its training's
        AdapterTerms terms = AdapterTerms.Of(_view.Model);
        (_summary, _rateIn, _rateOut) = (terms.Summary, terms.RateIn.ToOpenText(), terms.RateOut.ToOpenText());
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private async Task LoadAsync()
    {
        _view = await Models.FindAsync(_person, Id, CancellationToken.None);
        _manifest = _view?.Model.Manifest is string json ? CanonicalJson.Read<AdapterManifest>(json) : null;
        _loading = false;
    }

    // What cannot be published is said before it is asked.
    private async Task PublishAsync()
    {
        if (ReadTerms() is not AdapterTerms asked) return;
        _why = asked.Problem ?? (MustVouch && !_vouched ? _view!.Selling.Question : null);
        if (_why is not null || !await Dialogs.ConfirmAsync(PublishWords.Question(_view!.Model, asked))) return;
        await ChangeAsync(terms => Publish.PublishAsync(_person, Id, terms, CancellationToken.None));
    }

    private Task SaveTermsAsync() => ChangeAsync(terms => Task.FromResult(Terms.Set(_person, Id, terms)));

    private async Task ChangeAsync(Func<AdapterTerms, Task<PublishedAdapter>> change)
    {
        if (ReadTerms() is not AdapterTerms terms) return;
        _busy = true;
        _why = (await change(terms)).Refusal;
        await LoadAsync();
        _busy = false;
    }

    private AdapterTerms? ReadTerms()
    {
        _rateInWrong = Wei.TryParseOpen(_rateIn, out Wei rateIn) ? null : "An amount in OPEN: 0.002";
        _rateOutWrong = Wei.TryParseOpen(_rateOut, out Wei rateOut) ? null : "An amount in OPEN: 0.006";
        return _rateInWrong is null && _rateOutWrong is null ? new(_summary, rateIn, rateOut) { VouchedFor = _vouched ? _view!.Selling.Asked : [] } : null;
    }
}
