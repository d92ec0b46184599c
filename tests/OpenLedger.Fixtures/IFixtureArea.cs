namespace OpenLedger.Fixtures;

/// <summary>One subfolder of the fixtures: finds its cases and says of each how far it is off.</summary>
internal interface IFixtureArea
{
    /// <summary>The subfolder's name.</summary>
    string Name { get; }

    /// <summary>Runs every case below <paramref name="folder"/>, one at a time, in a fixed order.</summary>
    IEnumerable<FixtureCase> Run(string folder);
}
