namespace OpenLedger.Studio.Jobs;

/// <summary>Work that a person asked for and that was queued. Knows nothing of what it is.</summary>
public sealed record StartedJob(string JobId);
