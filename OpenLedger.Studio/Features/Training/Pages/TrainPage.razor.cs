using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training.Sweeps;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>The wizard: base, rows, preset, and what that will cost. Decides nothing itself: the use cases say what is wrong.</summary>
public sealed partial class TrainPage : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<string> _versions = [];
    private IReadOnlyList<ModelDocument>? _bases;
    private IReadOnlyList<TrainableDatanet>? _datanets;
    private IReadOnlyList<RecipeProblem> _problems = [];
    private IReadOnlyList<SkippedRow> _skipped = [];
    private IReadOnlyList<LearnedText> _shown = [];
    private TrainingPreset _preset = TrainingPreset.Quick;
    private TrainingRecipe _recipe = TrainingPreset.Quick.Recipe;
    private IReadOnlyList<ModelDocument> _adapters = [];
    private TrainingFrom? _from;
    private FoundStart? _start;
    private TrainingEstimate? _estimate;
    private Person _person = Person.Visitor;
    private string? _baseId;
    private string _name = "";
    private IReadOnlyList<SweepLine> _lines = [new(SweepSetting.LearningRate, "")];
    private int _runs = 1;
    private bool _estimating, _starting;
    private int _asked;

    /// <summary>A Datanet to begin with (from its own page).</summary>
    [SupplyParameterFromQuery(Name = "datanet")] private string? Datanet { get; set; }

    /// <summary>An adapter to go on from (from its own page).</summary>
    [SupplyParameterFromQuery(Name = "from")] private string? FromModel { get; set; }

    /// <summary>A run whose moment is to be gone on from (from its own page).</summary>
    [SupplyParameterFromQuery(Name = "run")] private string? FromRun { get; set; }

    /// <summary>Which moment of it.</summary>
    [SupplyParameterFromQuery(Name = "moment")] private string? FromMoment { get; set; }

    [Inject] private TrainingStarts Starts { get; set; } = null!;

    [Inject] private BaseModels Bases { get; set; } = null!;

    [Inject] private TrainableDatanets Trainable { get; set; } = null!;

    [Inject] private EstimateTraining Estimating { get; set; } = null!;

    [Inject] private StartTraining Starting { get; set; } = null!;

    [Inject] private EstimateSweep EstimatingSweep { get; set; } = null!;

    [Inject] private StartSweep StartingSweep { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _person = await Current.GetAsync();
        _datanets = Trainable.For(_person);
        _bases = Bases.All();
        _baseId = _bases.MinBy(model => model.Created)?.Id;   // the one that came with the Studio: nothing that was brought in is chosen unasked
        if (_datanets.FirstOrDefault(one => one.Datanet.Id == Datanet) is TrainableDatanet chosen) _versions.Add(chosen.Version.Id);
        _adapters = Starts.AdaptersOf(_person);
        if (FromModel is not null) await TakeUpAsync(TrainingFrom.Adapter(FromModel));
        else if (FromRun is not null && FromMoment is not null) await TakeUpAsync(TrainingFrom.At(FromRun, FromMoment));
        if (RendererInfo.IsInteractive) await EstimateAsync();
    }

    private TrainingInput Input => new(_name, _baseId ?? "", [.. _versions.Order(StringComparer.Ordinal)], _preset.Id, _preset.FromPassages, _recipe, 0, _from);

    private bool IsSweep => _lines.Any(line => !string.IsNullOrWhiteSpace(line.Text));

    private string SweepText => !IsSweep ? "off: one training" : _runs > 1 ? $"{_runs} trainings" : "not ready";

    private string? ProblemOf(string field) => _problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    private Task ChooseBaseAsync(string id)
    {
        if (_start is not null && _start.BaseId != id) (_start, _from) = (null, null); // an adapter stands on one base only
        _baseId = id;
        return EstimateAsync();
    }

    private Task ChooseRowsAsync(string version, bool chosen)
    {
        if (chosen) _versions.Add(version);
        else _versions.Remove(version);
        return EstimateAsync();
    }

    private Task ChoosePresetAsync(TrainingPreset preset)
    {
        (_preset, _recipe) = (preset, _start is null ? preset.Recipe : preset.Recipe.GoingOnFrom(_start.Config));
        return EstimateAsync();
    }

    private Task ChangeRecipeAsync(TrainingRecipe recipe)
    {
        _recipe = recipe;
        return EstimateAsync();
    }

    private Task ChangeSweepAsync(IReadOnlyList<SweepLine> lines)
    {
        _lines = lines;
        return EstimateAsync();
    }

    private async Task GoOnFromAsync(TrainingFrom? from)
    {
        await TakeUpAsync(from);
        await EstimateAsync();
    }

    // Base and size are those of what learns on.
    private async Task TakeUpAsync(TrainingFrom? from)
    {
        _start = from is null ? null : await Starts.FindAsync(from, _person, _left.Token);
        _from = _start is null ? null : from;
        if (_start is null) return;
        (_baseId, _recipe) = (_start.BaseId, _recipe.GoingOnFrom(_start.Config));
    }

    // Only the newest question's answer is shown: an older one may come back later.
    private async Task EstimateAsync()
    {
        int asked = ++_asked;
        (_estimate, _problems, _skipped, _shown, _runs) = (null, [], [], [], 1);
        if (_versions.Count == 0 || _baseId is null) return;
        _estimating = true;
        StateHasChanged();
        TrainingInput unnamed = Input with { Name = "estimate" };
        EstimatedTraining answer = await Estimating.EstimateAsync(unnamed, _person, _left.Token);
        EstimatedSweep all = IsSweep && answer.Estimate is not null ? await EstimatingSweep.EstimateAsync(unnamed, _lines, _person, _left.Token) : new(1, answer.Estimate, answer.Problems);
        if (asked != _asked) return;
        (_skipped, _shown, _estimating) = (answer.Skipped, answer.Shown, false);
        (_estimate, _problems, _runs) = (all.Whole, all.Problems, all.Runs);
    }

    private async Task StartAsync()
    {
        _starting = true;
        (_problems, string? to) = IsSweep ? await StartSweepAsync() : await StartOneAsync();
        _starting = false;
        if (to is not null) Navigation.NavigateTo(to);
    }

    private async Task<(IReadOnlyList<RecipeProblem>, string?)> StartOneAsync()
    {
        StartedTraining started = await Starting.StartAsync(Input, _person, _left.Token);
        return (started.Problems, started.RunId is string run ? $"/factory/runs/{run}" : null);
    }

    private async Task<(IReadOnlyList<RecipeProblem>, string?)> StartSweepAsync()
    {
        StartedSweep started = await StartingSweep.StartAsync(Input, _lines, _person, _left.Token);
        return (started.Problems, started.SweepId is string sweep ? $"/factory/sweeps/{sweep}" : null);
    }
}
