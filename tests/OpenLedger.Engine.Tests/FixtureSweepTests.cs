using OpenLedger.Fixtures;

namespace OpenLedger.Engine.Tests;

/// <summary>The sweep over the repository's own reference numbers; the whole set runs as its own command.</summary>
public class FixtureSweepTests
{
    [Theory]
    [InlineData("gguf", 4)]
    [InlineData("families", 6)]
    [InlineData("peft", 145)]
    [InlineData("smollm2", 12)]
    [InlineData("ingest", 37)]
    [InlineData("metrics", 20)]
    public void Every_case_in_the_repository_agrees_with_the_reference(string name, int least)
    {
        IFixtureArea area = FixtureAreas.All.Single(known => known.Name == name);
        List<FixtureCase> cases = [.. area.Run(Fixture.Path(name))];
        Assert.DoesNotContain(cases, found => found.Covered && !found.Passed);
        Assert.True(cases.Count >= least, $"only {cases.Count} cases were found");
    }
}
