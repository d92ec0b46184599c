using System.Globalization;

namespace OpenLedger.Fixtures;

/// <summary>What came of one case: passed or not, and the largest deviation or the reason.</summary>
internal sealed record FixtureCase(string Name, bool Passed, string Detail, bool Covered = true)
{
    /// <summary>A case that lies there and that nothing here runs yet: named, and counted neither way.</summary>
    public static FixtureCase NotCovered(string name, string why) => new(name, false, why, Covered: false);

    /// <summary>Runs a case; whatever it throws is its failure, said in a sentence.</summary>
    public static FixtureCase Of(string name, Func<FixtureCase> run)
    {
        try
        {
            return run();
        }
        catch (Exception failure)
        {
            return new FixtureCase(name, false, $"{failure.GetType().Name}: {failure.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Passed when the deviation is within the tolerance and nothing else is said to be wrong.</summary>
    public static FixtureCase Within(string name, double deviation, double tolerance, string? wrong = null)
    {
        string figure = string.Create(CultureInfo.InvariantCulture, $"largest deviation {deviation:0.0e+0} (allowed {tolerance:0e+0})");
        return new FixtureCase(name, deviation <= tolerance && wrong is null, wrong is null ? figure : $"{figure}; {wrong}");
    }
}
