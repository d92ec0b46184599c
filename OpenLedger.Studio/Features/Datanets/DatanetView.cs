using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>A Datanet as one person may see it.</summary>
/// <param name="MyRequest">What this person asked for, and the answer.</param>
/// <param name="Waiting">Rows that wait for the next version.</param>
/// <param name="Requests">For the owner: who asks to train on it.</param>
/// <param name="Contributions">For the owner: every offer of rows; for others: their own.</param>
/// <param name="Answers">Answers that used it or a model trained on it.</param>
/// <param name="Paid">What its contributors were paid in settled batches.</param>
public sealed record DatanetView(
    DatanetDocument Datanet, string OwnerName, bool IsMine, bool IsAdmin, bool MayTrain, bool MayReadRows, AccessRequestDocument? MyRequest, int Waiting,
    IReadOnlyList<VersionLine> Versions, IReadOnlyList<ContributorLine> Contributors, IReadOnlyList<ModelDocument> Models,
    IReadOnlyList<AccessRequestLine> Requests, IReadOnlyList<ContributionLine> Contributions, int Answers, int AnswersThisWeek, Wei Paid);

/// <summary>A version and where its root stands.</summary>
/// <param name="Added">Rows that the version before did not have.</param>
/// <param name="Transaction">Known once it is signed.</param>
/// <param name="Sending">Null where nothing is owed to a chain.</param>
public sealed record VersionLine(DatanetVersionDocument Version, int Added, TxHash? Transaction, OutboxState? Sending);

/// <summary>A contributor of the newest version.</summary>
/// <param name="BasisPoints">Share of its rows, of 10,000.</param>
/// <param name="Earned">By this Datanet, settled or not.</param>
public sealed record ContributorLine(Address Address, string Name, string? Url, int Rows, int BasisPoints, Wei Earned);

/// <summary>A request with the name of who asks.</summary>
public sealed record AccessRequestLine(AccessRequestDocument Request, string Name);

/// <summary>An offer of rows with the name of who offers.</summary>
public sealed record ContributionLine(ContributionDocument Contribution, string Name);
