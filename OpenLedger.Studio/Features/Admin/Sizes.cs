using System.Globalization;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Says bytes in MB and GB (powers of 1,000). Knows nothing of files.</summary>
internal static class Sizes
{
    public static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => Round(bytes / 1_000_000_000m, "GB"),
        >= 1_000_000 => Round(bytes / 1_000_000m, "MB"),
        _ => Round(bytes / 1_000m, "kB"),
    };

    private static string Round(decimal amount, string unit) => amount.ToString(amount < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture) + " " + unit;
}
