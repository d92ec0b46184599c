namespace OpenLedger.Studio.Components;

/// <summary>Maps figures to the chart's 760 by 290 drawing and picks round ticks. Knows no curve and no markup.</summary>
public sealed record ChartScale(double Low, double High, double Step, double XLow, double XHigh)
{
    public const double Left = 44;
    public const double Right = 740;
    public const double Top = 16;
    public const double Bottom = 256;

    public double X(double x) => XHigh <= XLow ? Left : Left + ((x - XLow) / (XHigh - XLow) * (Right - Left));

    public double Y(double y) => Bottom - ((y - Low) / (High - Low) * (Bottom - Top));

    public IEnumerable<double> Ticks()
    {
        int count = (int)Math.Round((High - Low) / Step);
        for (int i = 0; i <= count; i++) yield return Low + (i * Step);
    }

    /// <summary>Five places along X, whole numbers where the range allows.</summary>
    public IEnumerable<double> XTicks()
    {
        int parts = XHigh - XLow >= 4 ? 4 : Math.Max(1, (int)(XHigh - XLow));
        for (int i = 0; i <= parts; i++) yield return Math.Round(XLow + ((XHigh - XLow) * i / parts));
    }

    /// <summary>A scale over all points whose ends and steps are 1, 2 or 5 times a power of ten.</summary>
    /// <param name="lines">The curves; an empty set gives 0 to 1.</param>
    /// <param name="xHigh">The right end, where more is expected than is there; null for the last point.</param>
    public static ChartScale For(IReadOnlyList<ChartLine> lines, double? xHigh)
    {
        List<ChartPoint> points = [.. lines.SelectMany(l => l.Points).Where(p => double.IsFinite(p.Y))];
        if (points.Count == 0) return new ChartScale(0, 1, 0.25, 0, xHigh ?? 1);
        double min = points.Min(p => p.Y);
        double max = points.Max(p => p.Y);
        double step = RoundStep(Math.Max(max - min, Math.Abs(max) * 0.02 + 1e-9) / 4);
        double low = Math.Floor(min / step) * step;
        double high = Math.Ceiling(max / step) * step;
        if (high <= low) high = low + step;
        double xLow = Math.Min(0, points.Min(p => p.X));
        return new ChartScale(low, high, step, xLow, Math.Max(xHigh ?? 0, points.Max(p => p.X)));
    }

    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
