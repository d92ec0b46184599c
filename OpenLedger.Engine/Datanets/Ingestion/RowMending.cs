namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>A person's decisions about the rows of one file, applied before a row is made. Knows nothing of what is wrong.</summary>
internal sealed class RowMending(SourceFile file, IReadOnlyList<RowMend> mends)
{
    private readonly ILookup<int, RowMend> _mends = mends.ToLookup(mend => mend.Row);

    /// <summary>Whether the row goes.</summary>
    public bool LeavesOut(int row) => _mends[row].LastOrDefault()?.Action == MendAction.LeaveOut;

    /// <summary>Whether the row is taken as it was read, whatever is doubtful about it.</summary>
    public bool Keeps(int row) => _mends[row].Any(mend => mend.Action == MendAction.Keep);

    /// <summary>The row with its cells as somebody wrote them.</summary>
    public SourceRow Apply(SourceRow row)
    {
        foreach (RowMend mend in _mends[row.Number])
        {
            row = mend.Action switch
            {
                MendAction.Trim => row with { Cells = row.Cells.ToDictionary(cell => cell.Key, cell => cell.Value.Trim()) },
                MendAction.Write when mend.Column is null => file.Rewrite(row, mend.Value ?? ""),
                MendAction.Write => Write(row, mend.Column, mend.Value ?? ""),
                MendAction.LeaveOut or MendAction.Keep => row,
            };
        }
        return row;
    }

    // Written anew, a cell has none of the faults that reading it had.
    private static SourceRow Write(SourceRow row, string column, string value) => row with
    {
        Cells = new Dictionary<string, string>(row.Cells) { [column] = value },
        Problems = [.. row.Problems.Where(problem => problem.Column != column)],
    };
}
