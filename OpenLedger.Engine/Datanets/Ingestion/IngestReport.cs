namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What came of a file under a plan: how many rows, what waits for a decision, what the rows look like. Knows no page.</summary>
/// <param name="Read">Rows read.</param>
/// <param name="Good">Rows that can be taken.</param>
/// <param name="LeftOut">Rows that somebody, or the column of marks, left out.</param>
/// <param name="Waiting">Rows that wait for a decision.</param>
/// <param name="Truncated">Whether the file has more rows than are taken.</param>
/// <param name="Problems">What is wrong, as many as are shown; those that wait come first.</param>
/// <param name="ProblemCounts">How many of each kind there are, shown or not.</param>
/// <param name="Near">Pairs that are nearly alike, as many as are shown.</param>
/// <param name="NearCount">How many rows have a near twin before them.</param>
/// <param name="Preview">The first good rows.</param>
/// <param name="MedianWords">Words of the row in the middle, by length.</param>
public sealed record IngestReport(
    int Read, int Good, int LeftOut, int Waiting, bool Truncated,
    IReadOnlyList<RowProblem> Problems, IReadOnlyDictionary<ProblemKind, int> ProblemCounts,
    IReadOnlyList<NearTwin> Near, int NearCount, IReadOnlyList<DatanetRow> Preview, int MedianWords)
{
    /// <summary>Whether every row has its decision and there is at least one to take.</summary>
    public bool IsReady => Waiting == 0 && Good > 0;
}

/// <summary>Two rows that are nearly alike: a row of the file, and the one before it that it resembles.</summary>
/// <param name="Row">The later row's number in the file.</param>
/// <param name="Earlier">The earlier row's number in the file, or null where it was in the Datanet before.</param>
/// <param name="Alike">Shared shingles of all shingles (Jaccard), 0.8 to 1.</param>
/// <param name="EarlierText">What the earlier row says.</param>
/// <param name="Text">What the later row says.</param>
public sealed record NearTwin(int Row, int? Earlier, double Alike, string EarlierText, string Text);
