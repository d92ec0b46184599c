namespace OpenLedger.Studio.Components;

/// <summary>What became of a check. Not checked is never drawn like passed, and a stand-in says that it is one.</summary>
public enum VerifyOutcome
{
    Pass,
    Fail,
    NotChecked,
    Look,
    StandIn,
}
