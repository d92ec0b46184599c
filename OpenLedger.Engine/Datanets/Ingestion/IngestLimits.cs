namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>How much of a stranger's file is read. Knows nothing of formats.</summary>
public sealed record IngestLimits
{
    public static IngestLimits Default { get; } = new();

    /// <summary>Longest accepted file, in bytes. 100 MB.</summary>
    public long FileBytes { get; init; } = 100_000_000;

    /// <summary>Most rows of one file.</summary>
    public int Rows { get; init; } = 100_000;

    /// <summary>Most columns of one file.</summary>
    public int Columns { get; init; } = 100;

    /// <summary>Longest cell, in UTF-16 code units.</summary>
    public int CellCharacters { get; init; } = 100_000;

    /// <summary>Longest line of JSON, or object of a JSON array, in characters or bytes.</summary>
    public int RecordCharacters { get; init; } = 1_000_000;

    /// <summary>Deepest nesting of JSON.</summary>
    public int JsonDepth { get; init; } = 32;

    /// <summary>Most problems kept for showing; the rest are counted.</summary>
    public int ProblemsShown { get; init; } = 500;

    /// <summary>Rows kept for showing.</summary>
    public int RowsShown { get; init; } = 20;

    /// <summary>Rows looked at to recognise columns.</summary>
    public int RowsSampled { get; init; } = 100;
}
