using OpenLedger.Fixtures.Areas;

namespace OpenLedger.Fixtures;

/// <summary>The areas that the sweep knows: one line each.</summary>
internal static class FixtureAreas
{
    public static readonly IReadOnlyList<IFixtureArea> All =
    [
        new GgufArea(),
        new FamiliesArea(),
        new SmolLm2Area(),
        new PeftArea(),
        new MiniLmArea(),
        new AttributionArea(),
        new TokenizersArea(),
        new TemplatesArea(),
        new IngestArea(),
        new MetricsArea(),
    ];
}
