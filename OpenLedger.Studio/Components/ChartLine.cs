namespace OpenLedger.Studio.Components;

/// <summary>A curve: its name, what it is drawn as, and its points in order of X.</summary>
/// <param name="Name">"held-out", "training".</param>
/// <param name="Role">Thick and teal with points, or thin and grey.</param>
/// <param name="Points">In order of X.</param>
public sealed record ChartLine(string Name, ChartRole Role, IReadOnlyList<ChartPoint> Points);

/// <summary>One measured point of a curve.</summary>
public readonly record struct ChartPoint(double X, double Y);

/// <summary>What a curve is evidence of: what the model has not seen, or what it is being taught.</summary>
public enum ChartRole
{
    HeldOut,
    Training,
}
