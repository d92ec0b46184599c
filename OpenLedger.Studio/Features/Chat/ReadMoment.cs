using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Says what a moment of a training is, and how many rows its answers pay. Changes nothing.</summary>
public sealed class ReadMoment(TrainingUse training)
{
    /// <returns>Null for what is no moment.</returns>
    public async Task<MomentView?> OfAsync(ModelDocument? model, CancellationToken cancel) => model is not { Kind: ModelKind.Moment, RunId: string run } ? null
        : new(model.Name, run, await Task.Run(() => training.Of(model).Count(row => row.Scored.Contributor is not null), cancel));
}

/// <summary>A moment that is talked to.</summary>
/// <param name="Name">The training and the moment.</param>
/// <param name="PaidRows">Rows that it learned from until then and whose contributors are known.</param>
public sealed record MomentView(string Name, string RunId, int PaidRows);
