using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>The adapter that a run goes on from: a finished one, or a moment of another run. Reads nothing.</summary>
/// <param name="Folder">Where its PEFT files lie.</param>
/// <param name="Parent">What it is, by hash.</param>
public sealed record TrainingStart(string Folder, TrainingParent Parent);

/// <summary>What a run went on from, as its records name it.</summary>
/// <param name="Weights">SHA-256 of the parent's weights file.</param>
/// <param name="Manifest">Id of the parent's manifest; null where it is a moment of a run and has none.</param>
/// <param name="Datasets">Merkle roots of what the parent had learned from.</param>
public sealed record TrainingParent(Sha256Hash Weights, Sha256Hash? Manifest, IReadOnlyList<Sha256Hash> Datasets);
