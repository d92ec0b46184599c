using System.Collections.Concurrent;

namespace OpenLedger.Studio.Jobs;

/// <summary>The jobs this process executes at this moment, and the signals that reach them. Knows nothing of rows.</summary>
public sealed class RunningJobs
{
    private readonly ConcurrentDictionary<string, Signals> _running = new();

    /// <returns>Nothing where the job runs already: the second start of one job ends here.</returns>
    internal Signals? TryStart(string id)
    {
        Signals signals = new(this, id);
        if (_running.TryAdd(id, signals)) return signals;
        signals.Discard();
        return null;
    }

    /// <summary>Ends with the run of this job that goes on now.</summary>
    internal Task WhenOverAsync(string id) => _running.TryGetValue(id, out Signals? signals) ? signals.Over : Task.CompletedTask;

    internal void Pause(string id)
    {
        if (_running.TryGetValue(id, out Signals? signals)) signals.AskToPause();
    }

    internal void Cancel(string id)
    {
        if (_running.TryGetValue(id, out Signals? signals)) signals.AskToCancel();
    }

    internal sealed class Signals(RunningJobs running, string id) : IDisposable
    {
        private readonly CancellationTokenSource _pause = new();
        private readonly CancellationTokenSource _cancel = new();
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private bool _over;

        public Task Over => _left.Task;

        public CancellationToken Pause => _pause.Token;

        public CancellationToken Cancel => _cancel.Token;

        public void AskToPause()
        {
            lock (_gate)
                if (!_over) _pause.Cancel();
        }

        public void AskToCancel()
        {
            lock (_gate)
                if (!_over) _cancel.Cancel();
        }

        public void Dispose()
        {
            running._running.TryRemove(id, out _);
            _left.TrySetResult();
            Discard();
        }

        public void Discard()
        {
            lock (_gate)
            {
                _over = true;
                _pause.Dispose();
                _cancel.Dispose();
            }
        }
    }
}
