using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Queues the measuring of a finished run for its owner, or says why not.</summary>
public sealed class StartEvaluation(ReadTraining runs, TrainableDatanets datanets, EnqueueJob enqueue, TimeProvider time)
{
    public async Task<Outcome<StartedJob>> StartAsync(Person person, string runId, string? probeVersionId, CancellationToken cancel)
    {
        if (await runs.OneAsync(runId, person, cancel) is not { } run) return new Refusal("There is no such training, or it belongs to another wallet.");
        if (run.Summary.State != JobState.Finished) return new Refusal("The training is not finished; there is nothing to measure yet.");
        if (probeVersionId is not null && !datanets.Allows(person, probeVersionId)) return new Refusal("That Datanet is not open to you. Choose another, or none.");
        EvaluationInput asked = new(runId, probeVersionId, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new StartedJob(await enqueue.EnqueueAsync(EvaluationJob.KindName, person.Key, asked, cancel));
    }
}
