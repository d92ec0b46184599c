using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Tests.Jobs;

/// <summary>Answers and long work on one machine.</summary>
public class MachineTurnsTests
{
    private static readonly StepProgress Step = new(1, 1, 2.5, 0.001, 1, 10, 5, 100, 0, 0);

    [Fact]
    public async Task A_training_stands_aside_after_a_step_until_the_last_answer_is_written()
    {
        using TemporaryFolder folder = new();
        using MachineTurns turns = new() { Longest = Timeout.InfiniteTimeSpan };
        IDisposable first = turns.Answer(), second = turns.Answer();
        TrainingReporter reporter = new(folder.Path, 2, turns, TestContext.Current.CancellationToken);
        Task stepping = Task.Run(() => reporter.Stepped(Step), TestContext.Current.CancellationToken);
        while (TrainingCurve.Read(folder.Path).Steps.Count == 0) await Task.Yield(); // its point is drawn before it stands aside
        first.Dispose();
        first.Dispose(); // a turn ends once
        Assert.False(stepping.IsCompleted);
        second.Dispose();
        await stepping;
    }

    [Fact]
    public void Nobody_waits_where_nobody_answers() => new MachineTurns { Longest = Timeout.InfiniteTimeSpan }.StandAside(TestContext.Current.CancellationToken);

    [Fact]
    public void A_chat_that_never_ends_slows_a_training_and_does_not_stop_it()
    {
        using MachineTurns turns = new() { Longest = TimeSpan.Zero };
        using IDisposable answer = turns.Answer();
        turns.StandAside(TestContext.Current.CancellationToken);
        turns.StandAside(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_stops_a_training_need_not_wait_for_the_answer()
    {
        using MachineTurns turns = new() { Longest = Timeout.InfiniteTimeSpan };
        using IDisposable answer = turns.Answer();
        using CancellationTokenSource stop = new();
        Task standing = Task.Run(() => turns.StandAside(stop.Token), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => standing);
    }
}
