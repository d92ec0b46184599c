namespace OpenLedger.Studio.Tests.Features.Settlement;

/// <summary>A clock whose every wait lets the world go on one step and is then over at once.</summary>
internal sealed class PumpedTime(TimeProvider clock, Func<Task> step) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ = Task.Run(async () =>
        {
            await step();
            callback(state);
        });
        return new Fired();
    }

    private sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
