namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>One record as its file has it, before anybody says what its columns mean.</summary>
/// <param name="Number">1, 2, 3, ... in the file: what a mend refers to.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Cells">Text by column. Nested JSON stays JSON text; a null is no cell.</param>
public sealed record SourceRow(int Number, int Line, IReadOnlyDictionary<string, string> Cells)
{
    private static readonly Dictionary<string, string> NoCells = [];

    /// <summary>What reading it showed to be wrong.</summary>
    public IReadOnlyList<RowProblem> Problems { get; init; } = [];

    /// <summary>The line as it stands, where it could not be read as cells.</summary>
    public string? Raw { get; init; }

    /// <summary>A line that holds no readable row.</summary>
    public static SourceRow Unreadable(int number, int line, RowProblem problem, string? raw = null) =>
        new(number, line, NoCells) { Problems = [problem], Raw = raw };
}
