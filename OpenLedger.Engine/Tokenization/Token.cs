namespace OpenLedger.Engine.Tokenization;

/// <summary>One token of an encoded text.</summary>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Text">Its raw text there (or the text itself where it is unknown).</param>
/// <param name="Source">The stretch of the source it came from, in Unicode code points; empty for tokens the post-processor put in.</param>
/// <param name="Type">0 for the first text, 1 for the second, unless the post-processor says otherwise.</param>
/// <param name="Sequence">Which text it belongs to; null for tokens the post-processor put in.</param>
public readonly record struct Token(int Id, string Text, TextRange Source, int Type, int? Sequence)
{
    /// <summary>Whether the post-processor put it in.</summary>
    public bool IsInserted => Sequence is null;
}
