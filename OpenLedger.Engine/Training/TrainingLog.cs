using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>Which rows were used in which step, one line a step, each line naming the hash of the one before. Knows nothing of losses.</summary>
/// <remarks>A line's hash is SHA-256 over its canonical JSON, so one changed, dropped or swapped line breaks all that follow. The first line names what was trained on what.</remarks>
public sealed class TrainingLog : IDisposable
{
    private readonly FileStream _file;

    private TrainingLog(FileStream file, Sha256Hash head) => (_file, Head) = (file, head);

    /// <summary>The hash of the last line: it commits to the whole log.</summary>
    public Sha256Hash Head { get; private set; }

    /// <summary>Starts a log; one that stood there is replaced.</summary>
    public static TrainingLog Begin(string path, TrainingLogHeader header)
    {
        TrainingLog log = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), default);
        log.Append(CanonicalJson.SerializeToUtf8(header));
        return log;
    }

    /// <summary>Takes up a log after a step: later lines, whole or torn, belong to work that was lost, and go.</summary>
    /// <exception cref="TrainingException">The log up to that step is not the one of <paramref name="head"/>.</exception>
    public static TrainingLog Continue(string path, int step, Sha256Hash head)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            long end = TrainingLogReading.EndOfStep(file, step, head);
            file.SetLength(end);
            file.Seek(end, SeekOrigin.Begin);
            return new(file, head);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a step's rows.</summary>
    public void Add(int step, int epoch, IReadOnlyList<string> rows) =>
        Append(CanonicalJson.SerializeToUtf8(new TrainingLogEntry(step, epoch, rows, Head)));

    /// <summary>Brings all lines to the disk; called before a checkpoint names the head.</summary>
    public void Flush() => _file.Flush(flushToDisk: true);

    public void Dispose() => _file.Dispose();

    private void Append(byte[] line)
    {
        _file.Write(line);
        _file.WriteByte((byte)'\n');
        _file.Flush();
        Head = Sha256Hash.Of(line);
    }
}
