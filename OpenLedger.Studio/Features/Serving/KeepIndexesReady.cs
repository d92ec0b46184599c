using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Has each newly published version indexed, and the starter model read, before anybody asks. Does none of it itself.</summary>
public sealed class KeepIndexesReady(Catalogue catalogue, EnqueueJob jobs, ServedModels models, Embedder embedder, TimeProvider time, ILogger<KeepIndexesReady> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the first page comes first
        if (!embedder.IsThere) return;
        try
        {
            await WarmAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The starter model cannot be read; whoever asks it will be told");
        }

        HashSet<string> asked = new(StringComparer.Ordinal);
        using PeriodicTimer timer = new(Every, time);
        do
        {
            foreach (DatanetVersionDocument version in Newest())
                if (asked.Add(version.Id)) await jobs.EnqueueAsync(BuildPassageIndex.JobKind, EnqueueJob.Node, new IndexInput(version.Id), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WarmAsync(CancellationToken cancel)
    {
        await embedder.GetAsync(cancel);
        if (catalogue.Read(c => c.Models.Get(SeedStarterModels.BaseId)) is not ModelDocument starter) return;
        using ModelLease lease = await models.TakeAsync(starter, cancel);
        log.LogInformation("{Model} is ready to answer", starter.Name);
    }

    private IReadOnlyList<DatanetVersionDocument> Newest() => catalogue.Read<IReadOnlyList<DatanetVersionDocument>>(c =>
        [.. c.Datanets.All().Where(datanet => datanet.LatestVersion > 0).Select(datanet => c.Versions.Get(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion))).OfType<DatanetVersionDocument>()]);
}
