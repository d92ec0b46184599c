namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Gives the records of a delimited file their columns, and says what was wrong with them. Knows nothing of what columns mean.</summary>
internal sealed class DelimitedRows(TextReader text, DelimitedHead head, IngestLimits limits)
{
    public IEnumerable<SourceRow> Read()
    {
        DelimitedReader reader = new(text, head.Delimiter, limits);
        if (head.HasHeader) reader.Read();
        int number = 0;
        while (reader.Read() is DelimitedRecord record) yield return RowOf(record, ++number);
    }

    private SourceRow RowOf(DelimitedRecord record, int number)
    {
        int width = head.Columns.Count;
        Dictionary<string, string> cells = [];
        for (int i = 0; i < Math.Min(width, record.Cells.Count); i++) cells[head.Columns[i]] = record.Cells[i];
        List<RowProblem> problems = [];
        if (record.Cells.Count > width)
        {
            string joined = string.Join(head.Delimiter, record.Cells.Skip(width - 1));
            cells[head.Columns[^1]] = joined;
            problems.Add(ExtraCells(record, number, joined));
        }
        if (FaultOf(record, number) is RowProblem fault) problems.Add(fault);
        return new(number, record.Line, cells) { Problems = problems };
    }

    private RowProblem ExtraCells(DelimitedRecord record, int number, string joined) =>
        new(number, record.Line, head.Columns[^1], ProblemKind.ExtraCells, $"{record.Cells.Count} cells, where there are {head.Columns.Count} columns.", RowProblem.Cut(joined),
            [new(MendAction.Keep, "Join the last ones"), MendOption.LeaveOut, new(MendAction.Write, "Edit the cell")]);

    private RowProblem? FaultOf(DelimitedRecord record, int number) => record.Fault switch
    {
        DelimitedFault.None => null,
        DelimitedFault.TooLong => ParagraphReader.LongCell(number, record.Line, null, limits),
        DelimitedFault.OpenQuote => QuoteFault(record, number, ProblemKind.OpenQuote, "A quote is opened and never closed.", "Close the quote at the line's end"),
        DelimitedFault.StrayQuote => QuoteFault(record, number, ProblemKind.StrayQuote, "A quote inside a quoted cell is not doubled.", "Read it as part of the text"),
    };

    private static RowProblem QuoteFault(DelimitedRecord record, int number, ProblemKind kind, string what, string label) =>
        new(number, record.Line, null, kind, what, RowProblem.Cut(string.Join(" | ", record.Cells)), [new(MendAction.Keep, label), MendOption.LeaveOut]);
}
