using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace OpenLedger.Engine.Tests.Hub;

/// <summary>A clock that a test turns; every pause is over at once and written down.</summary>
internal sealed class HubTime : TimeProvider
{
    private readonly FakeTimeProvider _fake = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));

    /// <summary>How long was waited between tries.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public void Advance(TimeSpan by) => _fake.Advance(by);

    public override DateTimeOffset GetUtcNow() => _fake.GetUtcNow();

    public override long GetTimestamp() => _fake.GetTimestamp();

    public override long TimestampFrequency => _fake.TimestampFrequency;

    // A pause is a timer that fires once; the guard against slowness fires again and again, and only when a test turns the clock.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan) return _fake.CreateTimer(callback, state, dueTime, period);
        Pauses.Enqueue(dueTime);
        _ = Task.Run(() => callback(state));
        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
