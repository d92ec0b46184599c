using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Jobs;

public sealed class JobsTests : IDisposable
{
    private sealed record Work(string Name);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_runs_and_leaves_its_output_and_progress()
    {
        ScriptedBody body = new("test", async (job, cancel) =>
        {
            await job.ReportAsync(5_000, $"Half of {job.ReadInput<Work>().Name}", cancel);
            return new JobOutcome.Finished("\"out\"");
        });
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        JobRow row = await host.UntilAsync(id, JobState.Finished);
        Assert.Equal(("\"out\"", 10_000, "Half of w", 1), (row.Output, row.Progress, row.ProgressText, row.Attempt));
    }

    [Fact]
    public async Task Hosts_that_start_at_once_in_one_process_each_do_their_own_jobs()
    {
        // The executor's default way to make a body is the process's: one host took another's job, found no row and left it queued for ever.
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            ScriptedBody body = new("test", (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Finished()));
            await using JobsHost host = await JobsHost.StartAsync(_folder.File($"host-{i}"), body);
            string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work($"w{i}"), default);
            await host.UntilAsync(id, JobState.Finished);
            Assert.Equal(1, body.Starts);
        }));
    }

    [Fact]
    public void A_closed_hosts_log_lets_the_next_hosts_words_go()
    {
        // The executor keeps one log for the whole process: a closed host's threw on each job that the next one queued.
        ILoggerFactory factory = LoggerFactory.Create(static _ => { });
        ExecutorLog log = new(factory);
        factory.Dispose();
        Assert.False(log.GetLogger("next host").Log(Hangfire.Logging.LogLevel.Info, () => "a job"));
    }

    [Fact]
    public async Task The_same_work_asked_for_a_hundred_times_at_once_is_one_job_with_one_start()
    {
        ScriptedBody body = new("test", async (_, _) =>
        {
            await Task.Yield();
            return new JobOutcome.Finished();
        });
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string[] ids = new string[100];
        await Parallel.ForAsync(0, 100, async (i, cancel) => ids[i] = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), cancel));
        Assert.Single(ids.Distinct());
        await host.UntilAsync(ids[0], JobState.Finished);
        Assert.Equal(1, body.Starts);
        Assert.NotEqual(ids[0], await host.Enqueue.EnqueueAsync("test", "0xb", new Work("w"), default)); // another owner's is another job
    }

    [Fact]
    public async Task A_job_that_is_executed_twice_at_once_runs_once()
    {
        TaskCompletionSource release = new();
        ScriptedBody body = new("test", async (_, cancel) =>
        {
            await release.Task.WaitAsync(cancel);
            return new JobOutcome.Finished();
        });
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        JobRow running = await host.UntilAsync(id, JobState.Running);
        for (int i = 0; i < 20; i++) host.Enqueue.Execute(running);
        string last = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("behind the twenty"), default);
        await host.UntilAsync(last, JobState.Running); // a light line of four: the twenty are through
        release.SetResult();
        await host.UntilAsync(id, JobState.Finished);
        await host.UntilAsync(last, JobState.Finished);
        Assert.Equal(2, body.Starts);
    }

    [Fact]
    public async Task A_job_that_is_tried_again_the_moment_it_failed_is_not_forgotten()
    {
        int tries = 0;
        ScriptedBody body = new("test", (job, _) => Task.FromResult<JobOutcome>(job.ReadInput<Work>().Name == "fails once" && Interlocked.Increment(ref tries) == 1 ? new JobOutcome.Failed("no") : new JobOutcome.Finished()));
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        using ManualResetEventSlim triedAgain = new();
        // Told of the failure, the run has not left yet: it is held there until the next try has been taken from the line, as the job behind it shows.
        using IDisposable watch = host.Feed.Watch(failed =>
        {
            if (failed.State != JobState.Failed) return;
            _ = Task.Run(async () =>
            {
                await host.Control.RetryAsync(failed.JobId, JobsHost.Ann, default);
                await host.UntilAsync(await host.Enqueue.EnqueueAsync("test", "0xa", new Work("behind it"), default), JobState.Finished);
                triedAgain.Set();
            });
            triedAgain.Wait(TimeSpan.FromMinutes(1));
        });
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("fails once"), default);
        await host.UntilAsync(id, JobState.Finished);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task What_a_dead_process_left_unfinished_is_done_after_the_next_start()
    {
        ScriptedBody stuck = new("test", async (job, cancel) =>
        {
            if (job.ReadInput<Work>().Name == "done") return new JobOutcome.Finished();
            await Task.Delay(Timeout.Infinite, cancel);
            return new JobOutcome.Finished();
        });
        List<string> ids = [];
        await using (JobsHost first = await JobsHost.StartAsync(_folder.Path, stuck))
        {
            ids.Add(await first.Enqueue.EnqueueAsync("test", "0xa", new Work("done"), default));
            await first.UntilAsync(ids[0], JobState.Finished);
            for (int i = 0; i < 6; i++) ids.Add(await first.Enqueue.EnqueueAsync("test", "0xa", new Work($"w{i}"), default)); // four run, two wait
            await first.UntilAsync(ids[4], JobState.Running);
        }

        ScriptedBody works = new("test", (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Finished("\"second life\"")));
        await using JobsHost second = await JobsHost.StartAsync(_folder.Path, works);
        foreach (string id in ids.Skip(1)) Assert.Equal("\"second life\"", (await second.UntilAsync(id, JobState.Finished)).Output);
        Assert.Equal(6, works.Starts); // the finished one is left alone
        Assert.Equal(2, (await second.Read.OneAsync(ids[1], JobsHost.Admin, default))!.Attempt);
    }

    [Fact]
    public async Task A_running_job_is_paused_where_its_body_keeps_its_place_and_goes_on_from_there()
    {
        int place = 0;
        ScriptedBody body = new("test", async (job, cancel) =>
        {
            if (place == 7) return new JobOutcome.Finished();
            TaskCompletionSource paused = new();
            using CancellationTokenRegistration wish = job.Pause.Register(paused.SetResult);
            await paused.Task.WaitAsync(cancel);
            place = 7;
            return new JobOutcome.Paused();
        });
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        await host.UntilAsync(id, JobState.Running);
        Assert.Equal(JobControl.NotYours, await host.Control.PauseAsync(id, JobsHost.Bob, default));
        Assert.Equal(JobControl.NotPossible, await host.Control.ResumeAsync(id, JobsHost.Ann, default));
        Assert.Equal(JobControl.Done, await host.Control.PauseAsync(id, JobsHost.Ann, default));
        await host.UntilAsync(id, JobState.Paused);
        Assert.Equal(JobControl.Done, await host.Control.ResumeAsync(id, JobsHost.Ann, default));
        Assert.Equal(2, (await host.UntilAsync(id, JobState.Finished)).Attempt);
    }

    [Fact]
    public async Task A_cancelled_job_ends_and_an_admin_may_cancel_anybodys()
    {
        ScriptedBody body = new("test", async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return new JobOutcome.Finished();
        });
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        await host.UntilAsync(id, JobState.Running);
        Assert.Equal(JobControl.Done, await host.Control.CancelAsync(id, JobsHost.Admin, default));
        await host.UntilAsync(id, JobState.Cancelled);
        string again = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        Assert.NotEqual(id, again); // cancelled work may be asked for again
        Assert.Equal(JobControl.NotPossible, await host.Control.RetryAsync(id, JobsHost.Ann, default)); // and then that one stands for it
    }

    [Fact]
    public async Task A_body_that_throws_fails_with_its_words_and_no_stack_and_may_be_tried_again()
    {
        bool broken = true;
        ScriptedBody body = new("test", (_, _) => broken ? throw new InvalidDataException("row 3 has no answer") : Task.FromResult<JobOutcome>(new JobOutcome.Finished()));
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        Assert.Equal("The work stopped: row 3 has no answer", (await host.UntilAsync(id, JobState.Failed)).Error);
        broken = false;
        Assert.Equal(JobControl.Done, await host.Control.RetryAsync(id, JobsHost.Ann, default));
        Assert.Null((await host.UntilAsync(id, JobState.Finished)).Error);
    }

    [Fact]
    public async Task Nobody_sees_anothers_jobs_but_an_admin()
    {
        ScriptedBody body = new("test", (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Finished()));
        await using JobsHost host = await JobsHost.StartAsync(_folder.Path, body);
        string id = await host.Enqueue.EnqueueAsync("test", "0xa", new Work("w"), default);
        Assert.Null(await host.Read.OneAsync(id, JobsHost.Bob, default));
        Assert.Empty(await host.Read.NewestAsync(JobsHost.Bob, null, 10, default));
        Assert.Equal([id], (await host.Read.NewestAsync(JobsHost.Admin, "test", 10, default)).Select(job => job.Id));
        await Assert.ThrowsAsync<UnknownJobKindException>(() => host.Enqueue.EnqueueAsync("nothing", "0xa", new Work("w"), default));
    }
}
