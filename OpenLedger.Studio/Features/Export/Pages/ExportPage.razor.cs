using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Engine.Export;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Export.Pages;

/// <summary>Where an owner takes a model away: the forms, and what was exported. Writes nothing itself.</summary>
public sealed partial class ExportPage
{
    private bool _loading = true, _busy;
    private ExportsView? _view;
    private ExportFormat _format = ExportFormat.GgufQ8;
    private Person _person = Person.Visitor;
    private string? _refused;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadExports Exports { get; set; } = null!;

    [Inject] private StartExport Start { get; set; } = null!;

    [Inject] private RemoveExport Removing { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _view = await Exports.OfAsync(_person, Id, CancellationToken.None);
        _loading = false;
    }

    private async Task RemoveAsync(ExportView export)
    {
        if (export.Output is { } output && !await Dialogs.ConfirmAsync(ExportWords.RemoveQuestion(output))) return;
        _refused = (await Removing.RemoveAsync(_person, export.Id, CancellationToken.None))?.What;
        await LoadAsync();
    }

    private async Task StartAsync()
    {
        _busy = true;
        _refused = (await Start.StartAsync(_person, Id, _format, Navigation.BaseUri, CancellationToken.None)).Refusal?.What;
        await LoadAsync();
        _busy = false;
    }
}
