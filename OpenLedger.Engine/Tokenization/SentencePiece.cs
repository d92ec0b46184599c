namespace OpenLedger.Engine.Tokenization;

/// <summary>One piece of a SentencePiece vocabulary. Knows nothing of its neighbours.</summary>
/// <param name="Text">With ▁ for a space.</param>
/// <param name="Score">Of two pairs the one whose piece scores higher is joined first.</param>
/// <param name="Kind">What it is for.</param>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);

/// <summary>What a piece is for, numbered as in sentencepiece_model.proto.</summary>
internal enum SentencePieceKind
{
    /// <summary>A part of words.</summary>
    Normal = 1,

    /// <summary>Stands for what no piece writes.</summary>
    Unknown = 2,

    /// <summary>A mark that no text spells.</summary>
    Control = 3,

    /// <summary>Found in a text before anything else.</summary>
    UserDefined = 4,

    /// <summary>Never used.</summary>
    Unused = 5,

    /// <summary>One byte of what no piece writes.</summary>
    Byte = 6,
}
