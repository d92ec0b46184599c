using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Home;

/// <summary>All that the first page shows one person.</summary>
/// <param name="Loop">Their figures on the thread; null for whoever has nothing recorded yet.</param>
/// <param name="Next">The one step that leads on.</param>
/// <param name="Payments">What was paid to them last, newest first.</param>
/// <param name="Waiting">What waits for a decision of theirs.</param>
/// <param name="Models">Whom anybody can talk to.</param>
/// <param name="Sample">A finished Datanet to look at.</param>
public sealed record HomeView(HomeLoop? Loop, HomeStep Next, IReadOnlyList<HomePayment> Payments, IReadOnlyList<HomeWaiting> Waiting, IReadOnlyList<HomeModel> Models, HomeSample? Sample);

/// <summary>A person's figures, from row to coin.</summary>
/// <param name="Rows">Rows of theirs in the latest published versions.</param>
/// <param name="Datanets">The Datanets those stand in, most rows first.</param>
/// <param name="Adapters">Adapters trained on those Datanets.</param>
/// <param name="Training">A training of theirs that runs now.</param>
/// <param name="Answers">Answers that paid them.</param>
/// <param name="AnswersThisWeek">Of those, in the last seven days.</param>
/// <param name="Earned">All they ever earned.</param>
/// <param name="Claimed">Of that, what they have taken.</param>
public sealed record HomeLoop(int Rows, IReadOnlyList<HomeDatanet> Datanets, int Adapters, HomeTraining? Training, int Answers, int AnswersThisWeek, Wei Earned, Wei Claimed)
{
    public bool IsEmpty => Rows == 0 && Datanets.Count == 0 && Adapters == 0 && Training is null && Answers == 0 && Earned.IsZero;

    /// <summary>The furthest place on the thread with something recorded.</summary>
    public int Reached => !Earned.IsZero ? 4 : Answers > 0 ? 3 : Adapters > 0 ? 2 : Rows > 0 ? 1 : 0;
}

/// <summary>A Datanet with rows of theirs.</summary>
public sealed record HomeDatanet(string Id, string Name, int Version, int Rows);

/// <summary>A training that runs.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Doing">In words for people.</param>
public sealed record HomeTraining(string JobId, int Percent, string? Doing);

/// <summary>One answer's payment to them.</summary>
/// <param name="Rows">How many rows of theirs it used.</param>
/// <param name="Settled">Whether it is in a published batch.</param>
public sealed record HomePayment(string ReceiptId, string Label, string ModelName, int Rows, Wei Amount, bool Settled, long Time);

/// <summary>Something that waits for them.</summary>
public sealed record HomeWaiting(HomeWaitingKind Kind, string Words, string Detail, string Href);

/// <summary>What kind of thing waits.</summary>
public enum HomeWaitingKind
{
    RowsOffered,
    AccessAsked,
    Review,
}

/// <summary>A model one can talk to.</summary>
public sealed record HomeModel(string Id, string Name, bool IsAdapter, string Note);

/// <summary>A published Datanet that shows how a finished one looks.</summary>
public sealed record HomeSample(string Id, string Name, int Rows, int Contributors, string? ModelId, string? ReceiptId);
