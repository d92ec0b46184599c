using System.Text.Json.Serialization;

namespace OpenLedger.Studio.Features.Training;

/// <summary>What a run goes on from: a finished adapter, or a moment of a run. Names it and nothing more.</summary>
/// <param name="ModelId">The adapter's model document; null for a moment.</param>
/// <param name="RunId">The run; null for an adapter.</param>
/// <param name="Moment">Which moment of it, as <see cref="TrainingMoment.Id"/> names it.</param>
public sealed record TrainingFrom(string? ModelId, string? RunId, string? Moment)
{
    public static TrainingFrom Adapter(string modelId) => new(modelId, null, null);

    public static TrainingFrom At(string runId, string moment) => new(null, runId, moment);

    /// <summary>The link to the wizard that begins there.</summary>
    [JsonIgnore]
    public string Href => ModelId is not null ? $"/factory/train?from={Uri.EscapeDataString(ModelId)}" : $"/factory/train?run={Uri.EscapeDataString(RunId!)}&moment={Uri.EscapeDataString(Moment!)}";
}

/// <summary>A moment of a run whose adapter lies on disk.</summary>
/// <param name="Id">"step-0000020", "epoch-001" or "best".</param>
/// <param name="Name">"Step 20", "Pass 1", "Best measurement".</param>
public sealed record TrainingMoment(string Id, string Name);
