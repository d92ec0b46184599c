using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Jobs;

public sealed class JobRowTests
{
    private static readonly Dictionary<JobState, JobState[]> _steps = new()
    {
        [JobState.Queued] = [JobState.Running, JobState.Paused, JobState.Cancelled],
        [JobState.Running] = [JobState.Running, JobState.Paused, JobState.Finished, JobState.Failed, JobState.Cancelled],
        [JobState.Paused] = [JobState.Queued, JobState.Cancelled],
        [JobState.Finished] = [],
        [JobState.Failed] = [JobState.Queued],
        [JobState.Cancelled] = [JobState.Queued],
    };

    // The shortest way to each state.
    private static readonly Dictionary<JobState, JobState[]> _ways = new()
    {
        [JobState.Queued] = [],
        [JobState.Running] = [JobState.Running],
        [JobState.Paused] = [JobState.Paused],
        [JobState.Finished] = [JobState.Running, JobState.Finished],
        [JobState.Failed] = [JobState.Running, JobState.Failed],
        [JobState.Cancelled] = [JobState.Cancelled],
    };

    public static TheoryData<JobState, JobState> Pairs => [.. from a in Enum.GetValues<JobState>() from b in Enum.GetValues<JobState>() select (a, b)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_job_takes_the_steps_its_state_has_and_no_other(JobState from, JobState to)
    {
        JobRow row = new() { Id = "1", Kind = "k", Owner = "o", Input = "{}", InputHash = "h", Created = 0 };
        foreach (JobState step in _ways[from]) row.MoveTo(step);
        if (_steps[from].Contains(to))
        {
            row.MoveTo(to);
            Assert.Equal(to, row.State);
        }
        else
        {
            Assert.Throws<JobStateException>(() => row.MoveTo(to));
            Assert.Equal(from, row.State);
        }
    }
}
