namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What a person can do about a row.</summary>
public enum MendAction
{
    /// <summary>The row is not taken.</summary>
    LeaveOut,

    /// <summary>The row is taken as it was read.</summary>
    Keep,

    /// <summary>White space at the ends of its cells goes.</summary>
    Trim,

    /// <summary>A text takes the place of a cell; with no column, of the whole line.</summary>
    Write,
}
