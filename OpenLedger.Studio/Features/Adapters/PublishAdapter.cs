using System.Text;
using System.Text.Json;
using OpenLedger.Contracts.Actions;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Adapters;

/// <summary>
/// Opens an owner's adapter to everybody: its manifest into the log with the wish to register it on the chain, then its place in the catalogue.
/// A crash in between is mended by publishing again. Knows nothing of how it was trained.
/// </summary>
public sealed class PublishAdapter(Catalogue catalogue, StudioFolders folders, LedgerWriter ledger, RecordLog log, TimeProvider time)
{
    /// <summary>The kind of its records in the log.</summary>
    public const string RecordKind = "adapter";

    /// <summary>The kind of a publisher's word for licences that nobody here knows.</summary>
    public const string WordKind = "licence-word";

    /// <summary>A summary has at most so many characters.</summary>
    public const int LongestSummary = 300;

    /// <summary>The published adapter, or why not; nothing is half done.</summary>
    public async Task<PublishedAdapter> PublishAsync(Person person, string id, AdapterTerms terms, CancellationToken cancel)
    {
        if (catalogue.Read(c => AdapterRules.Find(c, id, person)) is not { Kind: ModelKind.Adapter } model) return new(null, "There is no such adapter, or it is not open to you.");
        if (!AdapterRules.IsOwner(model, person)) return new(null, "Only the owner of this adapter can publish it.");
        if (terms.Problem is string problem) return new(null, problem);
        SellingTerms selling = catalogue.Read(c => SellingRule.Of(c, model));
        if (selling.Problem is string unsellable) return new(null, unsellable);
        if (WordOf(model, selling) is null && !selling.IsAnswered(terms.VouchedFor)) return new(null, selling.Question);
        if (model.Manifest is not string json) return new(null, "This adapter has no manifest, so that nobody could check it. Train it here, then publish.");
        if (await WeightsProblemAsync(model, cancel) is string changed) return new(null, changed);

        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(json);
        LicenceWord? word = selling.Asked.Count == 0 ? null : WordOf(model, selling) ?? new(model.Id, selling.Asked, person.Key, time.GetUtcNow().ToUnixTimeMilliseconds());
        await ledger.WriteAsync(db =>
        {
            log.Append(db, RecordKind, manifest);
            if (word is not null) log.Append(db, WordKind, word);
            ChainOutbox.Add(db, OutboxKey(model.Id), ToRegister(model, manifest), time.GetUtcNow().ToUnixTimeMilliseconds());
        }, cancel);
        return new(catalogue.Write(c => c.Models.Change(id, known => terms.On(known) with { State = ModelState.Published, LicenceWord = word })), null);
    }

    /// <summary>The outbox key by which the registration and its transaction are found.</summary>
    public static string OutboxKey(string modelId) => $"model/{modelId}";

    /// <summary>The model as the chain names it: SHA-256 of its id.</summary>
    public static Hash32 ChainIdOf(string modelId) => Hash32.FromBytes(Sha256Hash.Of(Encoding.UTF8.GetBytes(modelId)).ToBytes());

    // Given once before, and for all that is asked now.
    private static LicenceWord? WordOf(ModelDocument model, SellingTerms selling) => model.LicenceWord is { } word && selling.IsAnswered(word.Licences) ? word : null;

    private async Task<string?> WeightsProblemAsync(ModelDocument model, CancellationToken cancel)
    {
        string path = Path.Combine(folders.Root, model.Path, AdapterFile.WeightsName);
        if (!File.Exists(path)) return "The adapter's weights are not on this machine any more. Train it again.";
        await using FileStream weights = File.OpenRead(path);
        Sha256Hash found = await Sha256Hash.OfAsync(weights, cancel);
        return found == model.Hash ? null : $"The adapter's weights have changed since they were trained: {model.Hash} was recorded, {found} is on disk. Train it again.";
    }

    private static RegisterModel ToRegister(ModelDocument model, AdapterManifest manifest) => new(
        ChainIdOf(model.Id), On(manifest.Id), On(manifest.WeightsHash), On(manifest.BaseHash),
        [.. manifest.DatasetRoots.Select(On)], model.Owner!.Value);

    private static Hash32 On(Sha256Hash hash) => Hash32.FromBytes(hash.ToBytes());
}

/// <summary>What became of the wish to publish. Exactly one is there.</summary>
/// <param name="Refusal">Why not and how to mend it.</param>
public sealed record PublishedAdapter(ModelDocument? Model, string? Refusal);
