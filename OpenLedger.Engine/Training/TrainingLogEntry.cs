using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>The first line of a row log: what was trained, by which recipe, on which versions.</summary>
/// <param name="Base">Hash of the base's weights.</param>
/// <param name="Recipe">Hash of the recipe.</param>
/// <param name="Datasets">Merkle roots of the Datanet versions.</param>
/// <param name="Version">The layout of the log.</param>
/// <param name="Parent">Hash of the weights it went on from; null for a fresh adapter.</param>
public sealed record TrainingLogHeader(Sha256Hash Base, Sha256Hash Recipe, IReadOnlyList<Sha256Hash> Datasets, int Version = 1, Sha256Hash? Parent = null);

/// <summary>A further line: the rows of one step.</summary>
/// <param name="Step">Steps done with this one, from 1.</param>
/// <param name="Epoch">The pass it belongs to, from 1.</param>
/// <param name="Rows">Ids of the rows in it.</param>
/// <param name="Previous">SHA-256 of the line before.</param>
public sealed record TrainingLogEntry(int Step, int Epoch, IReadOnlyList<string> Rows, Sha256Hash Previous);
