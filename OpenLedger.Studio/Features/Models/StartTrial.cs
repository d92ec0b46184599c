using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Queues a trial of a base: for whoever is signed in, or once for the node. Tries nothing itself.</summary>
public sealed class StartTrial(EnqueueJob enqueue, TimeProvider time)
{
    /// <summary>The node's own wish, for a base that nobody tried here: whoever looks at it first has it tried, once. One whose trial failed waits for a person: each look would only fail again.</summary>
    public async Task FirstAsync(ModelDocument model, CancellationToken cancel)
    {
        if (model is { Kind: ModelKind.Base, Check: null, TrialProblem: null }) await enqueue.EnqueueAsync(TrialJob.KindName, EnqueueJob.Node, new TrialInput(model.Id, 0), cancel);
    }

    public async Task<Outcome<StartedJob>> StartAsync(Person person, string modelId, CancellationToken cancel) => person.IsSignedIn
        ? new StartedJob(await enqueue.EnqueueAsync(TrialJob.KindName, person.Key, new TrialInput(modelId, time.GetUtcNow().ToUnixTimeMilliseconds()), cancel))
        : Refusal.SignInFirst;
}
