using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Reads the rows of Datanet versions and makes a run's plan of them. Asks nobody whether they may.</summary>
public sealed class TrainingRows(Catalogue catalogue, StudioFolders folders)
{
    /// <summary>The rows in a base's words, and those that are left out with their reasons.</summary>
    public PreparedRows Prepare(TrainingInput input, BaseWords words)
    {
        DatanetRow[] rows = [.. Versions(input).SelectMany(Read)];
        return PreparedRows.From(
            input.FromPassages ? new GroundedRows(rows, words.Tokenizer, new GroundedOptions { Seed = input.Recipe.RowsSeed }).Build() : rows,
            words.Encoder(input.Recipe.SequenceLength, input.Recipe.Objective));
    }

    /// <summary>The plan of a run on prepared rows.</summary>
    /// <exception cref="TrainingException">No row can be learned from.</exception>
    public TrainingPlan Plan(TrainingInput input, PreparedRows prepared, TrainingStart? start = null) =>
        TrainingPlan.For(input.Recipe, prepared.Rows, [.. Versions(input).Select(version => version.Root)], start);

    private DatanetVersionDocument[] Versions(TrainingInput input) => [.. input.VersionIds.Select(id => catalogue.Read(c => c.Versions.Require(id)))];

    // A row's id is unique within its Datanet; the log names rows across Datanets.
    private IEnumerable<DatanetRow> Read(DatanetVersionDocument version) =>
        RowsFile.Read(folders.DatanetRows(version.DatanetId, version.Number)).Select(row => row with { Id = $"{version.DatanetId}/{row.Id}" });
}
