using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Datanets;

/// <summary>The record that the first stage hands on: which rows, in which order, under which licence. It never changes once made. Knows nothing of training.</summary>
/// <param name="DatanetId">The Datanet it is a version of.</param>
/// <param name="Number">1, 2, 3, ... within its Datanet.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="Root">RFC 6962 root over the rows' leaves in the order of the version's file.</param>
/// <param name="Parent">The id of the version before; null for the first.</param>
/// <param name="Licence">SPDX identifier or the licence's name.</param>
/// <param name="Owner">The provider's address.</param>
/// <param name="Contributors">How many rows of it each contributor has, by ascending address.</param>
/// <param name="Time">UTC, in Unix milliseconds.</param>
/// <param name="Version">The layout of this record.</param>
public sealed record DatasetVersion(
    string DatanetId, int Number, int RowCount, Sha256Hash Root, Sha256Hash? Parent, string Licence, string Owner,
    IReadOnlyList<ContributorRows> Contributors, long Time, int Version = 1)
{
    /// <summary>The record's id: SHA-256 over its canonical JSON.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Sha256Hash Id => CanonicalJson.HashOf(this);

    /// <summary>Commits to rows in the order given.</summary>
    public static DatasetVersion Over(
        IReadOnlyList<DatanetRow> rows, string datanetId, int number, Sha256Hash? parent, string licence, string owner, long time) =>
        new(datanetId, number, rows.Count, MerkleTree.Root([.. rows.Select(row => row.Leaf)]), parent, licence, owner, CountByContributor(rows), time);

    private static ContributorRows[] CountByContributor(IReadOnlyList<DatanetRow> rows) =>
        [.. rows.CountBy(row => row.Contributor).Select(pair => new ContributorRows(pair.Key, pair.Value)).OrderBy(entry => entry.Contributor, StringComparer.Ordinal)];
}
