using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Reads the rows of Datanet versions and makes a run's plan of them. Asks nobody whether they may.</summary>
public sealed class TrainingRows(Catalogue catalogue, StudioFolders folders)
{
    /// <summary>The plan of a run on an open base, and the rows that are left out with their reasons.</summary>
    /// <exception cref="TrainingException">No row can be learned from.</exception>
    public (TrainingPlan Plan, IReadOnlyList<SkippedRow> Skipped) Plan(TrainingInput input, TrainingBase on)
    {
        DatanetVersionDocument[] versions = [.. input.VersionIds.Select(id => catalogue.Read(c => c.Versions.Require(id)))];
        DatanetRow[] rows = [.. versions.SelectMany(Read)];
        PreparedRows prepared = PreparedRows.From(
            input.FromPassages ? new GroundedRows(rows, on.Tokenizer, new GroundedOptions { Seed = input.Recipe.Seed }).Build() : rows,
            on.Encoder(input.Recipe.SequenceLength));
        return (TrainingPlan.For(input.Recipe, prepared.Rows, [.. versions.Select(version => version.Root)]), prepared.Skipped);
    }

    // A row's id is unique within its Datanet; the log names rows across Datanets.
    private IEnumerable<DatanetRow> Read(DatanetVersionDocument version) =>
        RowsFile.Read(folders.DatanetRows(version.DatanetId, version.Number)).Select(row => row with { Id = $"{version.DatanetId}/{row.Id}" });
}
