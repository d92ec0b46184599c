using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Hub;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Looks a repository up on the hub, shows what it takes, and starts the download. Decides nothing itself.</summary>
public sealed partial class HubPart : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private string _name = "", _token = "";
    private bool _asking, _starting, _hasToken;
    private ImportPlan? _plan;
    private Refusal? _refusal;

    [Parameter, EditorRequired] public Person Person { get; set; } = Person.Visitor;

    /// <summary>The name to begin with.</summary>
    [Parameter] public string? Repository { get; set; }

    [Parameter] public EventCallback OnStarted { get; set; }

    [Inject] private PlanImport Planning { get; set; } = null!;

    [Inject] private StartImport Starting { get; set; } = null!;

    [Inject] private HubTokens Tokens { get; set; } = null!;

    [Inject] private HubOptions Options { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override void OnInitialized() => _name = Repository ?? "";

    protected override void OnParametersSet() => _hasToken = Person.Address is { } address && Tokens.Has(address);

    private async Task LookAsync(string? gguf)
    {
        if (_token.Trim().Length > 0 && Person.Address is { } address) Tokens.Keep(address, _token);
        (_asking, _plan, _refusal) = (true, null, null);
        StateHasChanged();
        Outcome<ImportPlan> outcome = await Planning.PlanAsync(Person, _name, gguf, _left.Token);
        (_asking, _plan, _refusal, _token) = (false, outcome.Value, outcome.Refusal, "");
        OnParametersSet();
    }

    private void ForgetToken()
    {
        if (Person.Address is { } address) Tokens.Keep(address, "");
        OnParametersSet();
    }

    private async Task StartAsync()
    {
        _starting = true;
        _refusal = (await Starting.FromHubAsync(Person, _plan!, _left.Token)).Refusal;
        _starting = false;
        if (_refusal is null) await OnStarted.InvokeAsync();
    }
}
