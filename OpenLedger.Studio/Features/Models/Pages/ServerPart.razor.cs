using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Takes the path of a model that lies on the Studio's machine. The use case decides who may.</summary>
public sealed partial class ServerPart
{
    private string _path = "", _name = "", _licence = "";
    private bool _starting;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    [Parameter] public EventCallback OnStarted { get; set; }

    [Inject] private StartImport Starting { get; set; } = null!;

    private async Task StartAsync()
    {
        _starting = true;
        _refusal = (await Starting.FromServerAsync(Person, _path, _name, _licence, CancellationToken.None)).Refusal;
        _starting = false;
        if (_refusal is null) await OnStarted.InvokeAsync();
    }
}
