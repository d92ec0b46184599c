using OpenLedger.Engine.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Queues a sweep's runs one behind another for the person who asks, all or none, or says why not.</summary>
public sealed class StartSweep(CheckSweep check, EnqueueJob enqueue, TimeProvider time)
{
    /// <summary>The sweep's id, or the problems.</summary>
    public async Task<StartedSweep> StartAsync(TrainingInput input, IReadOnlyList<SweepLine> lines, Person person, CancellationToken cancel)
    {
        string id = CatalogueDocument.NewId(time);
        TrainingInput asked = input with { Asked = time.GetUtcNow().ToUnixTimeMilliseconds() };
        (IReadOnlyList<TrainingInput> runs, IReadOnlyList<RecipeProblem> problems) = await check.LayOutAsync(id, asked, lines, person, cancel);
        if (problems.Count > 0) return new(null, problems);
        await enqueue.EnqueueAllAsync(TrainingJob.KindName, person.Key, runs, cancel);
        return new(id, []);
    }
}

/// <summary>What became of the wish to sweep.</summary>
/// <param name="SweepId">The queued sweep, or null when there are problems.</param>
public sealed record StartedSweep(string? SweepId, IReadOnlyList<RecipeProblem> Problems);
