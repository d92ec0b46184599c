namespace OpenLedger.Engine.Tokenization;

/// <summary>A token that is looked for in the text itself, before the vocabulary gets it; flags as in a tokenizer.json's <c>added_tokens</c>.</summary>
public sealed record AddedToken(int Id, string Content)
{
    /// <summary>Found only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Takes the white space before it along.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Takes the white space after it along.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Looked for after normalization, and normalized itself.</summary>
    public bool Normalized { get; init; }

    /// <summary>Steers the model and is left out of decoded text.</summary>
    public bool Special { get; init; }
}
