using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Evaluation.Pages;

/// <summary>A run's measurements, and the wish for them. Measures nothing itself.</summary>
public sealed partial class EvaluationPanel
{
    private const string None = "";

    private EvaluationView? _view;
    private Person _person = Person.Visitor;
    private string _probe = None;
    private string? _refused;
    private bool _busy;

    [Parameter, EditorRequired] public string RunId { get; set; } = "";

    [Inject] private ReadEvaluation Evaluations { get; set; } = null!;

    [Inject] private StartEvaluation Start { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    private IReadOnlyList<string> ProbeIds => [None, .. _view!.Others.Select(other => other.Version.Id)];

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        await LoadAsync();
    }

    private string NameOf(string id) => id == None ? "Nothing else" : _view!.Others.First(other => other.Version.Id == id).Datanet.Name;

    private async Task LoadAsync() => _view = await Evaluations.OfAsync(_person, RunId, CancellationToken.None) ?? new(null, null, false, []);

    private async Task StartAsync()
    {
        _busy = true;
        _refused = (await Start.StartAsync(_person, RunId, _probe == None ? null : _probe, CancellationToken.None)).Refusal?.What;
        await LoadAsync();
        _busy = false;
    }
}
