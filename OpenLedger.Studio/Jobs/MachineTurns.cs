namespace OpenLedger.Studio.Jobs;

/// <summary>Whose turn the processors are: work of minutes stands aside between two of its steps while somebody waits for an answer. Knows neither.</summary>
/// <remarks>Both at once would each take more than twice as long on two cores: libtorch's threads wait for each other by spinning.</remarks>
public sealed class MachineTurns : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _free = new(initialState: true);
    private int _answering;

    /// <summary>Longest that work stands aside at a time; then it takes one step, so that a busy chat slows it and never stops it. Default 20 s.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>An answer is being written, until this is disposed. It waits for nobody: the step that goes on ends beside it.</summary>
    public IDisposable Answer()
    {
        lock (_gate)
            if (_answering++ == 0) _free.Reset();
        return new Turn(this);
    }

    /// <summary>Blocks the work's own thread while answers are written.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled meanwhile.</exception>
    public void StandAside(CancellationToken cancel) => _free.Wait(Longest, cancel);

    public void Dispose() => _free.Dispose();

    private void End()
    {
        lock (_gate)
            if (--_answering == 0) _free.Set();
    }

    private sealed class Turn(MachineTurns turns) : IDisposable
    {
        private MachineTurns? _turns = turns;

        public void Dispose() => Interlocked.Exchange(ref _turns, null)?.End();
    }
}
