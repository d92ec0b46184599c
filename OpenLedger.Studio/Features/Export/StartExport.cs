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
    public async Task<Outcome<StartedJob>> StartAsync(Person person, string modelId, ExportFormat format, string site, CancellationToken cancel)
    {
        if (!person.IsSignedIn) return new Refusal("Sign in with a wallet first: an export belongs to whoever asked for it.");
        if (catalogue.Read(c => AdapterRules.Find(c, modelId, person)) is not { Kind: ModelKind.Adapter } model) return new Refusal("There is no such adapter, or it is not open to you.");
        if (!AdapterRules.MayExport(model, person)) return new Refusal("Only the owner of this adapter can export it; its PEFT files stand on its page.");
        ExportInput asked = new(modelId, format, site, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new StartedJob(await enqueue.EnqueueAsync(ExportJob.KindName, person.Key, asked, cancel));
    }
}
