namespace OpenLedger.Engine.Attribution;

/// <summary>Who is paid for a group of exact and near duplicates, which earns once. Knows nothing of how they were found.</summary>
public enum DuplicateRule
{
    /// <summary>The group's first row takes all, so that a copy gains nothing.</summary>
    Earliest,

    /// <summary>The members share equally.</summary>
    Equal,
}
