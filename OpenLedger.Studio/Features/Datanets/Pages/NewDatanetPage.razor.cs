using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>Where a Datanet begins.</summary>
public sealed partial class NewDatanetPage
{
    private DatanetForm _form = DatanetForm.Empty;
    private Refusal? _refusal;

    [Inject] private CreateDatanet Create { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private async Task CreateAsync()
    {
        Outcome<DatanetDocument> outcome = Create.Create(await Current.GetAsync(), _form);
        _refusal = outcome.Refusal;
        if (outcome.Value is DatanetDocument datanet) Navigation.NavigateTo($"/datanets/{datanet.Id}/upload");
    }
}
