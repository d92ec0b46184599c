using System.Text;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>A file of rows that was recognised: how it is written, what its columns are called, and its rows as often as asked for. Knows nothing of what columns mean.</summary>
public sealed class SourceFile
{
    private readonly string _path;
    private readonly IngestLimits _limits;
    private readonly DelimitedHead? _head;

    internal SourceFile(string path, string name, long bytes, SourceFormat format, TextEncoding encoding, DelimitedHead? head, IngestLimits limits)
    {
        (_path, Name, Bytes, Format, TextEncoding, _head, _limits) = (path, name, bytes, format, encoding, head, limits);
        Sample = [.. Rows().Take(limits.RowsSampled)];
        Columns = head?.Columns ?? [.. Sample.SelectMany(row => row.Cells.Keys).Distinct().Take(limits.Columns)];
    }

    public string Name { get; }

    public long Bytes { get; }

    public SourceFormat Format { get; }

    /// <summary>"UTF-8", "UTF-16", "Windows-1252".</summary>
    public string EncodingName => TextEncoding.Name;

    /// <summary>The first line that is no UTF-8, where the file is taken for UTF-8 with damage or for Windows-1252.</summary>
    public int? FirstBadLine => TextEncoding.FirstBadLine;

    /// <summary>Between the cells of a delimited file.</summary>
    public char? Delimiter => _head?.Delimiter;

    /// <summary>Whether a delimited file's first line names its columns.</summary>
    public bool? HasHeader => _head?.HasHeader;

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The first rows, to recognise columns by and to show.</summary>
    public IReadOnlyList<SourceRow> Sample { get; }

    internal TextEncoding TextEncoding { get; }

    /// <summary>Recognises a file by its content and its name.</summary>
    /// <exception cref="IOException">The file cannot be read at all.</exception>
    public static SourceOpening Open(string path, string name, IngestLimits? limits = null, SourceChoices? choices = null) =>
        new SourceRecognition(path, name, limits ?? IngestLimits.Default, choices ?? new SourceChoices()).Open();

    /// <summary>The file's rows in order, read as they are asked for, one in memory at a time.</summary>
    public IEnumerable<SourceRow> Rows() => Format switch
    {
        SourceFormat.Delimited => ReadText(text => new DelimitedRows(text, _head!, _limits).Read()),
        SourceFormat.JsonLines => ReadText(text => JsonLinesReader.Read(text, _limits)),
        SourceFormat.Text => ReadText(text => ParagraphReader.Read(text, _limits)),
        SourceFormat.Markdown => ReadText(text => new MarkdownReader(text, Path.GetFileNameWithoutExtension(Name), _limits).Read()),
        SourceFormat.JsonArray => ReadJson(),
    };

    /// <summary>Reads one line as somebody wrote it anew.</summary>
    internal SourceRow Rewrite(SourceRow row, string line) => JsonLinesReader.RowOf(line, row.Number, row.Line, cut: false, _limits);

    private IEnumerable<SourceRow> ReadText(Func<TextReader, IEnumerable<SourceRow>> read)
    {
        using StreamReader text = new(_path, TextEncoding.Encoding);
        foreach (SourceRow row in read(text)) yield return row;
    }

    private IEnumerable<SourceRow> ReadJson()
    {
        using FileStream file = File.OpenRead(_path);
        using Stream utf8 = Encoding.CreateTranscodingStream(file, TextEncoding.Encoding, new UTF8Encoding(false));
        foreach (SourceRow row in new JsonArrayReader(utf8, _limits).Read()) yield return row;
    }
}
