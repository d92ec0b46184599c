using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training;

/// <summary>What a run went on from, as the run and its adapter keep it: by hash, with all that was learned before. Reads nothing but itself.</summary>
/// <param name="Name">What people called it.</param>
/// <param name="Parent">By hash.</param>
/// <param name="VersionIds">Datanet versions that it and its own parents had learned from.</param>
/// <param name="Rows">Ids of the rows that they had used.</param>
/// <param name="Licence">The licences that it came with, which what goes on from it carries too; null where an earlier release wrote it.</param>
public sealed record KeptStart(string Name, TrainingParent Parent, IReadOnlyList<string> VersionIds, IReadOnlyList<string> Rows, string? Licence = null)
{
    /// <summary>The file beside a run's start and beside a finished adapter's weights.</summary>
    public const string FileName = "parent.json";

    /// <summary>The one in a folder; null where a run began afresh.</summary>
    public static KeptStart? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? CanonicalJson.Read<KeptStart>(File.ReadAllText(path)) : null;
    }
}
