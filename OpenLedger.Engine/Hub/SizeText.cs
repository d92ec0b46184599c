using System.Globalization;

namespace OpenLedger.Engine.Hub;

/// <summary>Sizes as people read them: powers of 1,000. Knows no files.</summary>
public static class SizeText
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>"988 MB", "3.4 GB".</summary>
    public static string Of(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }
        return value.ToString(unit >= 3 && value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
