using System.Text.Json;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Reads one JSON object a line; a bad line is a row to mend, and the next one is read. Knows nothing of columns.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<SourceRow> Read(TextReader text, IngestLimits limits)
    {
        LineReader lines = new(text, limits.RecordCharacters);
        int number = 0;
        while (lines.Read() is TextLine line)
            if (!string.IsNullOrWhiteSpace(line.Text)) yield return RowOf(line.Text, ++number, line.Number, line.Cut, limits);
    }

    /// <summary>Reads one line, as it stands in the file or as somebody wrote it anew.</summary>
    public static SourceRow RowOf(string text, int number, int line, bool cut, IngestLimits limits)
    {
        if (cut)
            return SourceRow.Unreadable(number, line, new(number, line, null, ProblemKind.TooLong,
                $"The line is longer than {limits.RecordCharacters:N0} characters.", RowProblem.Cut(text), [MendOption.LeaveOut]));
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = limits.JsonDepth });
            return new(number, line, JsonCells.Of(json.RootElement));
        }
        catch (JsonException e)
        {
            string where = e.BytePositionInLine is long at ? $" near character {at + 1}" : "";
            RowProblem problem = new(number, line, null, ProblemKind.BadJson, $"The line is no JSON object{where}: {JsonFault.Of(e)}",
                RowProblem.Cut(text), [MendOption.LeaveOut, new(MendAction.Write, "Mend the line")]);
            return SourceRow.Unreadable(number, line, problem, text);
        }
    }
}
