using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Queues a trial of a base for whoever is signed in. Tries nothing itself.</summary>
public sealed class StartTrial(EnqueueJob enqueue, TimeProvider time)
{
    public async Task<Outcome<StartedJob>> StartAsync(Person person, string modelId, CancellationToken cancel) => person.IsSignedIn
        ? new StartedJob(await enqueue.EnqueueAsync(TrialJob.KindName, person.Key, new TrialInput(modelId, time.GetUtcNow().ToUnixTimeMilliseconds()), cancel))
        : Refusal.SignInFirst;
}
