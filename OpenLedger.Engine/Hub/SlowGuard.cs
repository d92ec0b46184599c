namespace OpenLedger.Engine.Hub;

/// <summary>Cancels a transfer that brings too little in a stretch of time, silence included. Knows nothing of what is transferred.</summary>
internal sealed class SlowGuard : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly int _least;
    private long _brought;

    public SlowGuard(HubOptions options, TimeProvider time, CancellationToken cancel)
    {
        _least = options.MinStretchBytes;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _timer = time.CreateTimer(_ => Look(), null, options.Stretch, options.Stretch);
    }

    /// <summary>Fires with the caller's own, or when it is too slow.</summary>
    public CancellationToken Token => _source.Token;

    public void Brought(int bytes) => Interlocked.Add(ref _brought, bytes);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _brought, 0) >= _least) return;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended while the timer was on its way.
        }
    }
}
