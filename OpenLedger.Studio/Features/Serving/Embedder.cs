using OpenLedger.Engine.Models;
using OpenLedger.Studio.Features.Adapters;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>The sentence embedder, read once when it is first needed. Knows nothing of what is embedded.</summary>
public sealed class Embedder(StarterFiles starter) : IDisposable
{
    private readonly Lazy<Task<EmbeddingModel>> _model = new(() => Task.Run(() => EmbeddingModel.Load(starter.Embedder)));

    /// <summary>False in a Studio without its starter files: passages cannot be looked up there.</summary>
    public bool IsThere => Directory.Exists(starter.Embedder);

    public Task<EmbeddingModel> GetAsync(CancellationToken cancel) => _model.Value.WaitAsync(cancel);

    public void Dispose()
    {
        if (_model is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } done }) done.Result.Dispose();
    }
}
