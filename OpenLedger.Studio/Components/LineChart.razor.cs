using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>Curves as an SVG of our own: a sentence for who cannot see it, a table for who wants the figures, no script and no animation.</summary>
public partial class LineChart
{
    private const int MostTableRows = 200;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Parameter, EditorRequired] public IReadOnlyList<ChartLine> Lines { get; set; } = [];

    /// <summary>What Y is: "Loss".</summary>
    [Parameter] public string YName { get; set; } = "Loss";

    /// <summary>What X counts: "step".</summary>
    [Parameter] public string XName { get; set; } = "step";

    /// <summary>Where X will end, while it is still running.</summary>
    [Parameter] public double? XEnd { get; set; }

    /// <summary>Where it stands now; a dotted line.</summary>
    [Parameter] public double? Now { get; set; }

    [Parameter] public int Decimals { get; set; } = 3;

    private ChartScale Scale { get; set; } = ChartScale.For([], null);

    protected override void OnParametersSet() => Scale = ChartScale.For(Lines, XEnd);

    private bool NowLeft => Now is { } now && Scale.X(now) > 600;

    private string Sentence => Lines.FirstOrDefault(l => l.Role == ChartRole.HeldOut && l.Points.Count > 0) is { } line
        ? $"{YName} by {XName}. {line.Name}: {Value(line.Points[0].Y)} at {XName} {line.Points[0].X:0}, {Value(line.Points[^1].Y)} at {XName} {line.Points[^1].X:0}."
        : $"{YName} by {XName}. No held-out value yet.";

    private static bool IsFinite(ChartPoint point) => double.IsFinite(point.Y);

    private string Value(double value) => value.ToString("N" + Decimals.ToString(Invariant), Invariant);

    private string TickText(double tick) => tick.ToString(Scale.Step >= 1 ? "N0" : Scale.Step >= 0.1 ? "N1" : Scale.Step >= 0.01 ? "N2" : "G3", Invariant);

    private bool LabelLeft(ChartPoint last) => Scale.X(last.X) > 600;

    private double LabelX(ChartPoint last) => Scale.X(last.X) + (LabelLeft(last) ? 0 : 18);

    private string PathOf(ChartLine line)
    {
        var path = new StringBuilder();
        foreach (ChartPoint point in line.Points.Where(IsFinite))
            path.Append(path.Length == 0 ? 'M' : 'L').Append(N(Scale.X(point.X))).Append(' ').Append(N(Scale.Y(point.Y)));
        return path.ToString();
    }

    // Every held-out point and a thinned training curve: a table of 5,000 steps is read by nobody.
    private IEnumerable<(double X, double?[] Values)> TableRows()
    {
        List<double> xs = [.. Lines.SelectMany(l => l.Points).Select(p => p.X).Distinct().Order()];
        HashSet<double> kept = [.. Lines.Where(l => l.Role == ChartRole.HeldOut).SelectMany(l => l.Points).Select(p => p.X)];
        int stride = Math.Max(1, xs.Count / MostTableRows);
        List<Dictionary<double, double>> columns = [.. Lines.Select(l => l.Points.GroupBy(p => p.X).ToDictionary(g => g.Key, g => g.Last().Y))];
        for (int i = 0; i < xs.Count; i++)
            if (i % stride == 0 || kept.Contains(xs[i]))
                yield return (xs[i], [.. columns.Select(c => c.TryGetValue(xs[i], out double y) ? y : (double?)null)]);
    }

    private static string N(double value) => value.ToString("0.#", Invariant);
}
