namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What can be wrong with a row.</summary>
public enum ProblemKind
{
    /// <summary>A cell that the row needs is empty or missing.</summary>
    EmptyCell,

    /// <summary>More cells than the header has columns.</summary>
    ExtraCells,

    /// <summary>A quote that is opened and never closed.</summary>
    OpenQuote,

    /// <summary>A quote inside a quoted cell that is not doubled.</summary>
    StrayQuote,

    /// <summary>Longer than a cell or a record may be.</summary>
    TooLong,

    /// <summary>No JSON, or not an object.</summary>
    BadJson,

    /// <summary>The file cannot be read beyond here.</summary>
    BrokenFile,

    /// <summary>Bytes that are no characters of the file's encoding.</summary>
    UnreadableCharacter,

    /// <summary>A conversation that cannot be followed: nobody's turn, the wrong turn, no answer at its end.</summary>
    BrokenConversation,

    /// <summary>An id that an earlier row has.</summary>
    IdTwice,

    /// <summary>The same words as an earlier row.</summary>
    ExactDuplicate,

    /// <summary>White space at either end.</summary>
    EdgeSpace,

    /// <summary>A source link that is no web address.</summary>
    BadLink,
}
