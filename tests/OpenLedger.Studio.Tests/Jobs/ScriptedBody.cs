using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Tests.Jobs;

/// <summary>A body that does what the test says, and counts how often.</summary>
internal sealed class ScriptedBody(string kind, Func<JobContext, CancellationToken, Task<JobOutcome>> run) : IJobBody
{
    private int _starts;
    private int _atOnce;

    public string Kind => kind;

    public int Starts => _starts;

    public int MostAtOnce { get; private set; }

    public async Task<JobOutcome> RunAsync(JobContext job, CancellationToken cancel)
    {
        Interlocked.Increment(ref _starts);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        try
        {
            return await run(job, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }
}
