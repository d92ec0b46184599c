using System.Buffers;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What the first records of a delimited file tell: its delimiter, whether it has a header, and its columns' names.</summary>
internal sealed record DelimitedHead(char Delimiter, bool HasHeader, IReadOnlyList<string> Columns)
{
    private const int RecordsLookedAt = 30;
    private const int LongestName = 40;
    private static readonly SearchValues<char> OfSentences = SearchValues.Create(".?!,;:\n");
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>Looks at the file's first records.</summary>
    /// <param name="open">Opens the file's text anew.</param>
    public static DelimitedHead Of(Func<TextReader> open, SourceChoices choices, IngestLimits limits)
    {
        char delimiter = choices.Delimiter ?? Candidates.MaxBy(candidate => ScoreOf(FirstRecords(open, candidate, limits)));
        List<DelimitedRecord> records = FirstRecords(open, delimiter, limits);
        if (records.Count == 0) return new(delimiter, false, []);
        bool header = choices.HasHeader ?? LooksLikeHeader(records);
        int width = header ? records[0].Cells.Count : records.Max(record => record.Cells.Count);
        return new(delimiter, header, NamesOf(header ? records[0].Cells : [], width));
    }

    // The right delimiter gives records of one width, and more than one cell.
    private static double ScoreOf(List<DelimitedRecord> records)
    {
        if (records.Count == 0) return 0;
        int width = records[0].Cells.Count;
        if (width == 1) return 0.01;
        double alike = records.Count(record => record.Cells.Count == width) / (double)records.Count;
        double whole = records.Count(record => record.Fault == DelimitedFault.None) / (double)records.Count;
        return alike * whole * (1 + Math.Min(width, 20) / 100.0);
    }

    private static bool LooksLikeHeader(List<DelimitedRecord> records)
    {
        IReadOnlyList<string> first = records[0].Cells;
        if (first.Any(ColumnRecognition.IsKnownName)) return true;
        return records.Count > 1 && first.Distinct().Count() == first.Count && first.All(LooksLikeName);
    }

    private static bool LooksLikeName(string cell) =>
        cell.Length is > 0 and <= LongestName
        && cell.AsSpan().IndexOfAny(OfSentences) < 0
        && cell.Count(c => c == ' ') <= 2
        && cell.Any(char.IsAsciiLetter)
        && !cell.Any(char.IsDigit);

    private static List<string> NamesOf(IReadOnlyList<string> header, int width)
    {
        List<string> names = [];
        for (int i = 0; i < width; i++)
        {
            string given = i < header.Count ? header[i].Trim() : "";
            string name = given.Length > 0 ? given : $"column {i + 1}";
            int copy = 1;
            string unique = name;
            while (names.Contains(unique)) unique = $"{name} ({++copy})";
            names.Add(unique);
        }
        return names;
    }

    private static List<DelimitedRecord> FirstRecords(Func<TextReader> open, char delimiter, IngestLimits limits)
    {
        using TextReader text = open();
        DelimitedReader reader = new(text, delimiter, limits);
        List<DelimitedRecord> records = [];
        while (records.Count < RecordsLookedAt && reader.Read() is DelimitedRecord record) records.Add(record);
        return records;
    }
}
