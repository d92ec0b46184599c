namespace OpenLedger.Journeys;

/// <summary>Which screens a run looks at: all, or those that the variable SCREENS names.</summary>
internal static class WantedScreens
{
    public static TheoryData<string> Of(IEnumerable<string> names)
    {
        string[] wanted = (Environment.GetEnvironmentVariable("SCREENS") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return new(wanted.Length == 0 ? names : names.Where(wanted.Contains));
    }
}
