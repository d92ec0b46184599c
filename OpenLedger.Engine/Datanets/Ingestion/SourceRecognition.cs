namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Decides how a file is written, or why it is not taken. Knows nothing of rows beyond the first ones.</summary>
internal sealed class SourceRecognition(string path, string name, IngestLimits limits, SourceChoices choices)
{
    private const string Accepted = "CSV, TSV, JSON, JSONL, TXT and MD are taken.";
    private const int HeadCharacters = 1 << 16;

    public SourceOpening Open()
    {
        long bytes = new FileInfo(path).Length;
        if (RefuseBySize(bytes) is SourceRefusal size) return new(null, size);
        TextEncoding encoding;
        using (FileStream stream = File.OpenRead(path))
        {
            if (RefuseBySignature(stream) is SourceRefusal signature) return new(null, signature);
            stream.Position = 0;
            encoding = TextEncoding.Detect(stream);
        }
        if (encoding.NulAt is long at) return Refused($"This is no text: byte {at:N0} of '{name}' is zero.", $"Save it as text. {Accepted}");
        if (FormatOf(encoding) is not SourceFormat format) return Refused($"Files named '{Path.GetExtension(name)}' are not read.", Accepted);
        return OpenAs(format, encoding, bytes);
    }

    private SourceOpening OpenAs(SourceFormat format, TextEncoding encoding, long bytes)
    {
        DelimitedHead? head = format == SourceFormat.Delimited ? DelimitedHead.Of(() => new StreamReader(path, encoding.Encoding), choices, limits) : null;
        if (head?.Columns.Count > limits.Columns) return Refused($"The file has more than {limits.Columns} columns.", "Leave out the columns that are not needed.");
        SourceFile file = new(path, name, bytes, format, encoding, head, limits);
        if (file.Sample is []) return Refused(head is null ? "The file has no rows." : "The file has a header and no rows.", "Choose the file that holds the rows.");
        if (file.Sample is [{ Problems: [{ Kind: ProblemKind.BrokenFile } broken] }])
            return new(null, new(broken.What, "Mend the file there, or save it again from where it came.", broken.Line));
        if (file.Columns is []) return Refused($"No line of the file can be read as a row. The first: {WhyNotOne(file.Sample[0])}", $"Choose another file. {Accepted}", file.Sample[0].Line);
        return new(file, null);
    }

    private static string WhyNotOne(SourceRow row) => row.Problems is [RowProblem first, ..] ? first.What : "it has no fields.";

    private SourceRefusal? RefuseBySize(long bytes)
    {
        if (bytes == 0) return new("The file is empty.", "Choose the file that holds the rows.");
        return bytes > limits.FileBytes ? new($"The file has {bytes / 1e6:N1} MB; {limits.FileBytes / 1e6:N0} MB are the most.", "Part it into several files and upload them one after another.") : null;
    }

    private SourceRefusal? RefuseBySignature(FileStream stream)
    {
        Span<byte> head = stackalloc byte[8];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        head = head[..length];
        string? kind = head.StartsWith("%PDF"u8) ? "a PDF"
            : head.StartsWith("PK\x3\x4"u8) ? "a zip archive or an Office document"
            : head.StartsWith("PAR1"u8) ? "a Parquet file"
            : head.StartsWith<byte>([0x1f, 0x8b]) ? "a gzip archive"
            : head.StartsWith<byte>([0xd0, 0xcf, 0x11, 0xe0]) ? "an old Office document"
            : null;
        return kind is null ? null : new($"'{name}' is {kind}.", $"Save what it holds as text. {Accepted}");
    }

    private SourceFormat? FormatOf(TextEncoding encoding) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".CSV" or ".TSV" or ".TAB" => SourceFormat.Delimited,
        ".JSONL" or ".NDJSON" => SourceFormat.JsonLines,
        ".JSON" => IsJsonLines(encoding) ? SourceFormat.JsonLines : SourceFormat.JsonArray,
        ".TXT" or ".TEXT" => SourceFormat.Text,
        ".MD" or ".MARKDOWN" => SourceFormat.Markdown,
        _ => null,
    };

    // Some programs name JSON lines ".json": then the first line is a whole object and the next begins another.
    private bool IsJsonLines(TextEncoding encoding)
    {
        using StreamReader text = new(path, encoding.Encoding);
        LineReader lines = new(text, HeadCharacters);
        string? first = lines.Read()?.Text.Trim();
        string? second = lines.Read()?.Text.Trim();
        return first is ['{', .., '}'] && second is ['{', ..];
    }

    private static SourceOpening Refused(string what, string mend, int? line = null) => new(null, new(what, mend, line));
}
