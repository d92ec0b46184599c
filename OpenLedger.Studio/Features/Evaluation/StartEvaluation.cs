using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Evaluation;

/// <summary>Queues the measuring of a finished run for its owner, or says why not.</summary>
public sealed class StartEvaluation(ReadTraining runs, TrainableDatanets datanets, EnqueueJob enqueue, TimeProvider time)
{
    public async Task<StartedEvaluation> StartAsync(Person person, string runId, string? probeVersionId, CancellationToken cancel)
    {
        if (await runs.OneAsync(runId, person, cancel) is not { } run) return new(null, "There is no such training, or it belongs to another wallet.");
        if (run.Summary.State != JobState.Finished) return new(null, "The training is not finished; there is nothing to measure yet.");
        if (probeVersionId is not null && !datanets.Allows(person, probeVersionId)) return new(null, "That Datanet is not open to you. Choose another, or none.");
        EvaluationInput asked = new(runId, probeVersionId, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new(await enqueue.EnqueueAsync(EvaluationJob.KindName, person.Key, asked, cancel), null);
    }
}

/// <summary>What became of the wish. Exactly one is there.</summary>
/// <param name="Refusal">Why not and how to mend it.</param>
public sealed record StartedEvaluation(string? JobId, string? Refusal);
