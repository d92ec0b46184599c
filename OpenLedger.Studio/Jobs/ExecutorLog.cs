using Hangfire.AspNetCore;
using Hangfire.Logging;

namespace OpenLedger.Studio.Jobs;

/// <summary>Hands the executor's words to this host's log, and lets them go once the host is closed.</summary>
/// <remarks>Hangfire keeps one provider for the whole process: the next host may still ask a closed one's, which throws on every job it queues.</remarks>
internal sealed class ExecutorLog(ILoggerFactory factory) : ILogProvider
{
    private readonly AspNetCoreLogProvider _open = new(factory);

    public ILog GetLogger(string name)
    {
        try
        {
            return _open.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return Silence.Instance;
        }
    }

    private sealed class Silence : ILog
    {
        public static Silence Instance { get; } = new();

        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception) => false;
    }
}
