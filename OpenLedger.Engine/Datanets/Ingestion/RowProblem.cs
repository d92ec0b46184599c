namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>One thing wrong with one row: where, what, and what a person can do about it. Knows no page.</summary>
/// <param name="Row">The row's number in the file.</param>
/// <param name="Line">Where the row begins.</param>
/// <param name="Column">The column in the file, or null where it is the whole line.</param>
/// <param name="Kind">What it is.</param>
/// <param name="What">The same in a sentence.</param>
/// <param name="Excerpt">What stands there, cut short; for the person who has to decide.</param>
/// <param name="Mends">What can be done, the suggestion first.</param>
public sealed record RowProblem(int Row, int Line, string? Column, ProblemKind Kind, string What, string? Excerpt, IReadOnlyList<MendOption> Mends)
{
    private const int ExcerptCharacters = 160;

    /// <summary>Whether the row waits for a decision. The others are worth a look.</summary>
    public bool Blocks => Kind switch
    {
        ProblemKind.EdgeSpace or ProblemKind.BadLink => false,
        ProblemKind.EmptyCell or ProblemKind.ExtraCells or ProblemKind.OpenQuote or ProblemKind.StrayQuote or ProblemKind.TooLong
            or ProblemKind.BadJson or ProblemKind.BrokenFile or ProblemKind.UnreadableCharacter or ProblemKind.BrokenConversation
            or ProblemKind.IdTwice or ProblemKind.ExactDuplicate => true,
    };

    /// <summary>The first characters of a text, never half a surrogate pair.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= ExcerptCharacters) return text;
        int end = char.IsHighSurrogate(text[ExcerptCharacters - 1]) ? ExcerptCharacters - 1 : ExcerptCharacters;
        return text[..end] + "…";
    }
}
