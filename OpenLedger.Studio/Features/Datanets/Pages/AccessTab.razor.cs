using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>What a Datanet is, under which licence, and who may train on it.</summary>
public partial class AccessTab
{
    private DatanetForm _form = DatanetForm.Empty;
    private string? _formOf;
    private Refusal? _formRefusal;
    private Refusal? _refusal;
    private string _purpose = "";
    private string _reason = "";

    [Parameter, EditorRequired] public DatanetView View { get; set; } = null!;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    /// <summary>Told when something was decided or saved.</summary>
    [Parameter] public EventCallback OnChange { get; set; }

    [Inject] private GrantAccess Grants { get; set; } = null!;

    [Inject] private AskForAccess Asks { get; set; } = null!;

    [Inject] private ChangeDatanet Change { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    private string LicenceText => Licence.All.FirstOrDefault(one => one.Id == View.Datanet.Licence) is Licence known ? $"{known.Name}: {known.Means}" : View.Datanet.Licence;

    // What a person is typing is not overwritten by a newer view of the same Datanet.
    protected override void OnParametersSet()
    {
        DatanetDocument datanet = View.Datanet;
        if (_formOf == datanet.Id) return;
        _formOf = datanet.Id;
        _form = new(datanet.Name, datanet.Summary, datanet.Description, string.Join(", ", datanet.Tags), datanet.Licence, datanet.AsksForAccess);
    }

    private Task Decide(Outcome<AccessRequestDocument> outcome)
    {
        _refusal = outcome.Refusal;
        if (_refusal is not null) return Task.CompletedTask;
        (_purpose, _reason) = ("", "");
        return OnChange.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        _formRefusal = Change.Change(Person, View.Datanet.Id, _form).Refusal;
        if (_formRefusal is not null) return;
        Toasts.Done("Saved.");
        await OnChange.InvokeAsync();
    }

    private static string StateOf(AccessRequestDocument request) => request.State switch
    {
        AccessState.Asked => "asks",
        AccessState.Granted => "may train on it",
        AccessState.Refused => $"refused: {request.Reason}",
        AccessState.Withdrawn => "withdrawn",
    };
}
