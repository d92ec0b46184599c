using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Where a base came from and what stands on it; it is removed here. Decides nothing itself.</summary>
public sealed partial class BaseOrigin
{
    private IReadOnlyList<ModelDocument> _adapters = [];
    private Person _person = Person.Visitor;
    private string? _wrong;

    [Parameter, EditorRequired] public ModelDocument Model { get; set; } = null!;

    [Inject] private ReadModels Models { get; set; } = null!;

    [Inject] private RemoveModel Removing { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        _adapters = Models.AdaptersOn(_person, Model.Id);
    }

    private async Task RemoveAsync()
    {
        ConfirmQuestion question = new($"Remove {Model.Name}?", "Its files are deleted from this machine. What it answered stays in the records.", $"Remove {Model.Name}") { Danger = true };
        if (!await Dialogs.ConfirmAsync(question)) return;
        _wrong = (await Removing.RemoveAsync(_person, Model.Id, CancellationToken.None))?.What;
        if (_wrong is null) Navigation.NavigateTo("/models");
    }
}
