using OpenLedger.Engine.Datanets;

namespace OpenLedger.Engine.Training;

/// <summary>Rows ready to be learned from, and those that cannot be, each with its reason.</summary>
public sealed record PreparedRows(IReadOnlyList<EncodedRow> Rows, IReadOnlyList<SkippedRow> Skipped)
{
    /// <summary>Encodes every row that can be.</summary>
    public static PreparedRows From(IEnumerable<DatanetRow> rows, RowEncoder encoder)
    {
        List<EncodedRow> ready = [];
        List<SkippedRow> skipped = [];
        foreach (DatanetRow row in rows)
        {
            RowEncoding encoding = encoder.Encode(row);
            if (encoding.Skipped is null) ready.AddRange(encoding.Pieces);
            else skipped.Add(new SkippedRow(row.Id, encoding.Skipped));
        }
        return new(ready, skipped);
    }
}

/// <summary>A row that is not learned from, and why.</summary>
public sealed record SkippedRow(string Row, string Reason);
