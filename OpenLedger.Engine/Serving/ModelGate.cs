namespace OpenLedger.Engine.Serving;

/// <summary>Lets one step at a time onto the model, first come first served, so that generations take turns token by token.</summary>
internal sealed class ModelGate : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1); // hands over to waiters in the order of their coming

    /// <summary>Runs a step on a worker thread when its turn comes.</summary>
    public async Task<T> RunAsync<T>(Func<T> step, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            // Not cancelled once it runs: the step owns tensors until it returns.
            return await Task.Run(step, CancellationToken.None);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
