using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Reads the paragraphs of a plain text, a row each; blank lines part them. Knows nothing of columns.</summary>
internal static class ParagraphReader
{
    public const string TextColumn = "text";

    public static IEnumerable<SourceRow> Read(TextReader text, IngestLimits limits)
    {
        LineReader lines = new(text, limits.CellCharacters);
        StringBuilder paragraph = new();
        int number = 0;
        int begin = 0;
        bool cut = false;
        while (lines.Read() is TextLine line)
        {
            if (string.IsNullOrWhiteSpace(line.Text))
            {
                if (paragraph.Length > 0) yield return Take(paragraph, ++number, begin, cut, limits);
                cut = false;
                continue;
            }
            if (paragraph.Length == 0) begin = line.Number;
            else paragraph.Append('\n');
            cut |= line.Cut || paragraph.Length + line.Text.Length > limits.CellCharacters;
            paragraph.Append(line.Text.AsSpan(0, Math.Min(line.Text.Length, Math.Max(0, limits.CellCharacters - paragraph.Length))));
        }
        if (paragraph.Length > 0) yield return Take(paragraph, ++number, begin, cut, limits);
    }

    private static SourceRow Take(StringBuilder paragraph, int number, int line, bool cut, IngestLimits limits)
    {
        SourceRow row = new(number, line, new Dictionary<string, string> { [TextColumn] = paragraph.ToString() });
        paragraph.Clear();
        return cut ? row with { Problems = [LongCell(number, line, TextColumn, limits)] } : row;
    }

    /// <summary>A cell was cut where the limit is.</summary>
    public static RowProblem LongCell(int number, int line, string? column, IngestLimits limits) =>
        new(number, line, column, ProblemKind.TooLong, $"Longer than {limits.CellCharacters:N0} characters.", null,
            [MendOption.LeaveOut, new(MendAction.Keep, $"Keep its first {limits.CellCharacters:N0} characters")]);
}
