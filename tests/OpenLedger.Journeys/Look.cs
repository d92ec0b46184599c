namespace OpenLedger.Journeys;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">Of the window, in CSS pixels.</param>
/// <param name="Theme">"light" or "dark".</param>
public sealed record Look(int Width, string Theme)
{
    public static IReadOnlyList<Look> All { get; } = [new(1440, "light"), new(1440, "dark"), new(390, "light"), new(390, "dark")];

    public static Look Wide { get; } = All[0];

    public int Height => Width > 800 ? 900 : 844;
}
