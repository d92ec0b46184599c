using OpenLedger.Engine.Export;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Queues an export for the person who asks, or says why not.</summary>
public sealed class StartExport(Catalogue catalogue, EnqueueJob enqueue, TimeProvider time)
{
    public async Task<StartedExport> StartAsync(Person person, string modelId, ExportFormat format, string site, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return new(null, "Sign in with a wallet first: an export belongs to whoever asked for it.");
        if (catalogue.Read(c => AdapterRules.Find(c, modelId, person)) is not { Kind: ModelKind.Adapter } model) return new(null, "There is no such adapter, or it is not open to you.");
        if (!AdapterRules.MayExport(model, person)) return new(null, "Only the owner of this adapter can export it; its PEFT files stand on its page.");
        ExportInput asked = new(modelId, format, site, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new(await enqueue.EnqueueAsync(ExportJob.KindName, person.Key, asked, cancel), null);
    }
}

/// <summary>What became of the wish. Exactly one is there.</summary>
/// <param name="Refusal">Why not and how to mend it.</param>
public sealed record StartedExport(string? JobId, string? Refusal);
