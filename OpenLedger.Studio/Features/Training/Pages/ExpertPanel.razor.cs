using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Every decision of a recipe as a field with one sentence, in groups.</summary>
public sealed partial class ExpertPanel
{
    private static readonly TrainingFrom Fresh = new(null, null, null);

    private static readonly ObjectiveKind[] Objectives = Enum.GetValues<ObjectiveKind>();

    /// <summary>The adapters that the run may go on from.</summary>
    [Parameter] public IReadOnlyList<ModelDocument> Adapters { get; set; } = [];

    /// <summary>What it goes on from; null for a fresh adapter.</summary>
    [Parameter] public TrainingFrom? From { get; set; }

    /// <summary>What people call that, where it is none of <see cref="Adapters"/>.</summary>
    [Parameter] public string? FromName { get; set; }

    [Parameter] public EventCallback<TrainingFrom?> FromChanged { get; set; }

    private IReadOnlyList<TrainingFrom> Beginnings =>
        [Fresh, .. Adapters.Select(adapter => TrainingFrom.Adapter(adapter.Id)), .. From is { RunId: not null } ? [From] : Array.Empty<TrainingFrom>()];

    private Task GoOnFrom(TrainingFrom from) => FromChanged.InvokeAsync(from == Fresh ? null : from);

    private string NameOf(TrainingFrom from) => from == Fresh ? "a fresh adapter" : Adapters.FirstOrDefault(adapter => adapter.Id == from.ModelId)?.Name ?? FromName ?? "a moment of a run";
}
