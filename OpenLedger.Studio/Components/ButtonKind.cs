namespace OpenLedger.Studio.Components;

/// <summary>How strongly a button asks: one primary on a page, ink and never a brand colour.</summary>
public enum ButtonKind
{
    Plain,
    Primary,
    Quiet,
    Danger,
}
