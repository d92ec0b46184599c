using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Brings a model in: where it is, which one, what that takes. The parts do the asking; this page only lays them out.</summary>
public sealed partial class ImportPage
{
    private ImportSource _source = ImportSource.Hub;
    private Person _person = Person.Visitor;

    /// <summary>A repository to begin with, from the list of small models.</summary>
    [SupplyParameterFromQuery(Name = "repository")] public string? Repository { get; set; }

    [Inject] private HubOptions Options { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _person = await Current.GetAsync();

    private void Choose(ImportSource source) => _source = source;

    // Where it can be watched; it goes on without this page.
    private void Started() => Navigation.NavigateTo("/models");
}
