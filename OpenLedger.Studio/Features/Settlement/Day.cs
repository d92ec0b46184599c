namespace OpenLedger.Studio.Features.Settlement;

/// <summary>Counts days in UTC. Knows no time zone.</summary>
internal static class Day
{
    private const long Milliseconds = 86_400_000;

    /// <summary>Days since 1970-01-01.</summary>
    public static int Of(long unixMilliseconds) => (int)(unixMilliseconds / Milliseconds);

    /// <summary>The day's first moment, in Unix milliseconds.</summary>
    public static long Start(int day) => day * Milliseconds;
}
