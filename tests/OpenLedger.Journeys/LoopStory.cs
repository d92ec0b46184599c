using System.Numerics;

namespace OpenLedger.Journeys;

/// <summary>What came of the loop: where its records stand, as paths of the site, and what was seen on the way.</summary>
/// <param name="Datanet">Of the contributor.</param>
/// <param name="Run">The developer's training.</param>
/// <param name="Model">The adapter it made.</param>
/// <param name="Chat">The guest's, with one answer.</param>
/// <param name="Trace">Of that answer.</param>
/// <param name="Before">What the developer's wallet held before the claim, in wei.</param>
/// <param name="Offered">What the claim's dialog said would arrive.</param>
/// <param name="After">What it held after the claim, the network's fee paid.</param>
/// <param name="Passed">Checks of the trace that hold.</param>
/// <param name="Failed">And that do not.</param>
/// <param name="Troubles">What went wrong on anybody's page.</param>
public sealed record LoopStory(
    string Datanet, string Run, string Model, string Chat, string Trace, BigInteger Before, BigInteger Offered, BigInteger After, IReadOnlyList<string> Passed, IReadOnlyList<string> Failed, IReadOnlyList<string> Troubles)
{
    /// <summary>The Datanet's id.</summary>
    public string DatanetId => Path.GetFileName(Datanet);

    /// <summary>The adapter's id.</summary>
    public string ModelId => Path.GetFileName(Model);
}
