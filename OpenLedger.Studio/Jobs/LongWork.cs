using System.Threading.Channels;

namespace OpenLedger.Studio.Jobs;

/// <summary>Runs work of minutes on a thread of its own and passes on how far it is. Knows no kind of work.</summary>
internal static class LongWork
{
    /// <param name="work">Given a way to say how far it is, from 0 to 1, and what it does. It hears the job's cancelling by its own token.</param>
    public static async Task<T> RunAsync<T>(JobContext job, Func<Action<double, string>, T> work)
    {
        Channel<(double Share, string What)> steps = Channel.CreateUnbounded<(double, string)>(new() { SingleReader = true });
        // A thread of its own: minutes of arithmetic would starve the pool.
        Task<T> running = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work((share, what) => steps.Writer.TryWrite((share, what)));
                }
                finally
                {
                    steps.Writer.Complete();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await foreach ((double share, string what) in steps.Reader.ReadAllAsync(CancellationToken.None))
            await job.ReportAsync((int)(share * 10_000), what, CancellationToken.None);
        return await running;
    }
}
