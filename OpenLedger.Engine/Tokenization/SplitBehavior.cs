namespace OpenLedger.Engine.Tokenization;

/// <summary>What becomes of the matches when a piece is split at them (the tokenizers library's five ways).</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}
