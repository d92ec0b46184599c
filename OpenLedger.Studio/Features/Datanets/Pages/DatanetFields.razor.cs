using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>The fields of what is said about a Datanet. Saves nothing.</summary>
public partial class DatanetFields
{
    [Parameter, EditorRequired] public DatanetForm Form { get; set; } = DatanetForm.Empty;

    [Parameter] public EventCallback<DatanetForm> FormChanged { get; set; }

    /// <summary>What the last try to save was refused for.</summary>
    [Parameter] public Refusal? Refusal { get; set; }

    private Task Set(DatanetForm form) => FormChanged.InvokeAsync(form);

    private string? ErrorOf(string field) => Refusal?.Field == field ? Refusal.What : null;
}
