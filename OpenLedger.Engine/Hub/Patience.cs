namespace OpenLedger.Engine.Hub;

/// <summary>How long to wait before asking again: as the hub says, else twice as long each time, and not for ever. Knows no request.</summary>
internal sealed class Patience(HubOptions options, TimeProvider time)
{
    private int _inVain;

    /// <summary>Something was brought: the counting begins anew.</summary>
    public void Renew() => _inVain = 0;

    /// <summary>Waits, or throws what happened when it cannot pass or happened too often.</summary>
    /// <param name="fault">What happened.</param>
    /// <param name="waiting">Told how long it will be.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="HubException">The fault itself.</exception>
    public async Task WaitAsync(HubException fault, Action<TimeSpan>? waiting, CancellationToken cancel)
    {
        if (!fault.MayPass || ++_inVain >= options.Tries) throw fault;
        TimeSpan pause = fault.RetryAfter ?? options.FirstPause * Math.Pow(2, _inVain - 1);
        if (pause > options.LongestPause)
            throw new HubException(fault.Fault, $"{fault.Message} It asks to wait {Math.Ceiling(pause.TotalMinutes)} minutes: try again then, and it goes on from where it was.", fault);
        waiting?.Invoke(pause);
        await Task.Delay(pause, time, cancel);
    }
}
