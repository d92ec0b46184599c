using System.Collections.Concurrent;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Lets one change of a Datanet finish before the next begins: its rows are files, and two people may press a button at once. Knows no Datanet.</summary>
public sealed class DatanetLocks
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <summary>Runs an act alone among those of this Datanet.</summary>
    public async Task<T> AloneAsync<T>(string datanetId, Func<Task<T>> act, CancellationToken cancel)
    {
        SemaphoreSlim gate = _gates.GetOrAdd(datanetId, _ => new(1, 1));
        await gate.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            gate.Release();
        }
    }
}
