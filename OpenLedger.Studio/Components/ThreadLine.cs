namespace OpenLedger.Studio.Components;

/// <summary>What the line after a place of the thread says: solid is recorded, dashed is not yet, red and dashed is broken.</summary>
public enum ThreadLine
{
    Recorded,
    NotYet,
    Broken,
}
