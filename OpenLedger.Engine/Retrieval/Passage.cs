namespace OpenLedger.Engine.Retrieval;

/// <summary>A piece of a row that is found and cited as one. Knows nothing of queries.</summary>
/// <param name="RowId">The row's id, unique within its Datanet.</param>
/// <param name="Span">Where it stands in the row's text.</param>
/// <param name="Text">Its text, as it stands in the row.</param>
/// <param name="Heading">The row's heading, empty where it has none.</param>
/// <param name="Contributor">The address that earns by the row.</param>
public sealed record Passage(string RowId, TextSpan Span, string Text, string Heading, string Contributor)
{
    /// <summary>What is indexed: a passage from the middle of a row does not say what it is about, its heading does.</summary>
    public string Indexed => Heading.Length == 0 ? Text : $"{Heading}\n{Text}";
}
