using System.Security.Cryptography;
using System.Text;
using OpenLedger.Engine.Datanets;

namespace OpenLedger.Engine.Training;

/// <summary>Which rows of a Datanet are learned from and which are kept to ask about, by hash alone, so that training and benchmark agree without a list.</summary>
public static class SampleQuestions
{
    /// <summary>How many rows are kept to ask about.</summary>
    public const int Kept = 100;

    /// <summary>The rows that the shipped adapter may learn from.</summary>
    public static IEnumerable<DatanetRow> ForTraining(IReadOnlyList<DatanetRow> rows) => ByHash(rows).Skip(Kept);

    /// <summary>The rows whose questions it never saw.</summary>
    public static IEnumerable<DatanetRow> ForAsking(IReadOnlyList<DatanetRow> rows) => ByHash(rows).Take(Kept);

    private static IEnumerable<DatanetRow> ByHash(IReadOnlyList<DatanetRow> rows) =>
        rows.OrderBy(row => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(row.Id))), StringComparer.Ordinal);
}
