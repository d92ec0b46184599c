namespace OpenLedger.Studio.Components;

/// <summary>How a notice speaks; the colour never speaks alone, each tone has its icon.</summary>
public enum Tone
{
    Info,
    Ok,
    Warn,
    Error,
}
