using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Catalogue.Documents;

/// <summary>Where a base model that was brought in came from. Says nothing of what it is.</summary>
/// <param name="From">In words for people: "huggingface.co/owner/name", "uploaded files".</param>
/// <param name="Revision">The commit on the hub; null elsewhere.</param>
/// <param name="By">Who brought it in. That makes nobody its owner: its answers pay no developer.</param>
public sealed record ModelOrigin(string From, string? Revision, Address? By);
