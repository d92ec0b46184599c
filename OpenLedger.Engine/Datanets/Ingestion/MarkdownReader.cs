using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>
/// Reads the sections of a Markdown text, a row each: what stands between two headings (CommonMark 4.2), a fenced block whole (4.5), front matter left out.
/// Knows nothing of columns.
/// </summary>
internal sealed class MarkdownReader(TextReader text, string title, IngestLimits limits)
{
    public const string SectionColumn = "section";

    private readonly StringBuilder _section = new();
    private readonly List<(int Level, string Title)> _headings = [];
    private string _title = title;
    private string? _fence;
    private int _begin;
    private int _number;
    private bool _cut;

    public IEnumerable<SourceRow> Read()
    {
        LineReader lines = new(text, limits.CellCharacters);
        bool inFrontMatter = false;
        while (lines.Read() is TextLine line)
        {
            if (line is { Number: 1, Text: "---" }) inFrontMatter = true;
            else if (inFrontMatter) inFrontMatter = TakeFrontMatter(line.Text);
            else if (HeadingOf(line.Text) is (int level, string heading))
            {
                if (TakeSection() is SourceRow row) yield return row;
                _headings.RemoveAll(outer => outer.Level >= level);
                _headings.Add((level, heading));
            }
            else
            {
                Append(line);
            }
        }
        if (TakeSection() is SourceRow last) yield return last;
    }

    private bool TakeFrontMatter(string line)
    {
        if (line.StartsWith("title:", StringComparison.OrdinalIgnoreCase)) _title = line["title:".Length..].Trim().Trim('"');
        return line is not ("---" or "...");
    }

    private (int Level, string Title)? HeadingOf(string line)
    {
        string trimmed = line.TrimStart(' ');
        NoteFence(trimmed);
        if (_fence is not null || line.Length - trimmed.Length > 3) return null;
        int level = trimmed.AsSpan().IndexOfAnyExcept('#');
        if (level < 0) level = trimmed.Length;
        bool heading = level is >= 1 and <= 6 && (trimmed.Length == level || trimmed[level] is ' ' or '\t');
        return heading ? (level, trimmed[level..].Trim().TrimEnd('#').TrimEnd()) : null;
    }

    private void NoteFence(string line)
    {
        string? mark = line.StartsWith("```", StringComparison.Ordinal) ? "```" : line.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : null;
        if (mark is null) return;
        if (_fence is null) _fence = mark;
        else if (_fence == mark && line.TrimEnd().TrimEnd(mark[0]).Length == 0) _fence = null;
    }

    private void Append(TextLine line)
    {
        if (_section.Length == 0 && string.IsNullOrWhiteSpace(line.Text)) return;
        if (_section.Length == 0) _begin = line.Number;
        else _section.Append('\n');
        int room = Math.Max(0, limits.CellCharacters - _section.Length);
        _cut |= line.Cut || line.Text.Length > room;
        _section.Append(line.Text.AsSpan(0, Math.Min(room, line.Text.Length)));
    }

    private SourceRow? TakeSection()
    {
        string body = _section.ToString().TrimEnd();
        bool cut = _cut;
        _section.Clear();
        _cut = false;
        if (body.Length == 0) return null;
        string[] path = [_title, .. _headings.Select(heading => heading.Title)];
        string text = _headings.Count == 0 ? body : $"{string.Join(", ", _headings.Select(heading => heading.Title))}\n\n{body}";
        _number++;
        return new(_number, _begin, new Dictionary<string, string> { [ParagraphReader.TextColumn] = text, [SectionColumn] = string.Join(", ", path.Where(part => part.Length > 0)) })
        {
            Problems = cut ? [ParagraphReader.LongCell(_number, _begin, ParagraphReader.TextColumn, limits)] : [],
        };
    }
}
