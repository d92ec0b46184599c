namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>One way to mend a problem, named as the button that does it.</summary>
public sealed record MendOption(MendAction Action, string Label)
{
    public static MendOption LeaveOut { get; } = new(MendAction.LeaveOut, "Leave this row out");

    public static MendOption KeepAsRead { get; } = new(MendAction.Keep, "Keep as it is");
}
