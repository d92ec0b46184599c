namespace OpenLedger.Studio.Components;

/// <summary>The four places of the thread, in the order in which money follows them back.</summary>
public enum GlyphKind
{
    Row,
    Adapter,
    Answer,
    Coin,
}
