namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>How the rows of a file are written down.</summary>
public enum SourceFormat
{
    /// <summary>Cells between delimiters (RFC 4180), with comma, semicolon, tab or bar.</summary>
    Delimited,

    /// <summary>A JSON array of objects, at the top or under a name.</summary>
    JsonArray,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Paragraphs between blank lines.</summary>
    Text,

    /// <summary>Sections under headings.</summary>
    Markdown,
}
