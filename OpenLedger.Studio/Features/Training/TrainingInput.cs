using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training.Sweeps;

namespace OpenLedger.Studio.Features.Training;

/// <summary>What the wizard decided: base, data, recipe. Kept as the job's input, so that a run can be made again from it.</summary>
/// <param name="Name">What the adapter will be called.</param>
/// <param name="BaseId">The base's model document.</param>
/// <param name="VersionIds">Datanet versions to learn from.</param>
/// <param name="Preset">The preset it began with.</param>
/// <param name="FromPassages">Whether rows are turned into questions with passages first.</param>
/// <param name="Recipe">Every decision of the run.</param>
/// <param name="Asked">Unix milliseconds: tells one wish for the same run from another.</param>
/// <param name="From">What it goes on from; null for a fresh adapter.</param>
/// <param name="Sweep">The sweep that it is a run of; null for one by itself.</param>
public sealed record TrainingInput(
    string Name, string BaseId, IReadOnlyList<string> VersionIds, string Preset, bool FromPassages, TrainingRecipe Recipe, long Asked,
    TrainingFrom? From = null, SweepPlace? Sweep = null);
