using LiteDB;

namespace OpenLedger.Studio.Storage.Catalogue;

/// <summary>
/// The only holder of a <see cref="LiteDatabase"/>: one lock, one synchronous closure a transaction, our own sync of the log. Knows nothing of the documents.
/// Unwrapped, LiteDB 5.0.21 loses acknowledged writes: its checkpoint races other writers, and it never syncs its log (litedb-org/LiteDB 2818, 2821, 2822, 2935).
/// </summary>
public sealed class CatalogueFile : IDisposable
{
    private const int Page = 8192;
    private const long LogLimit = 8_000_000; // bytes of log before it is folded into the data file

    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly string _file;
    private LiteDatabase? _database;
    private FileStream? _log;
    private bool _broken;

    public CatalogueFile(string file)
    {
        _file = file;
        _lock = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        CropLog(); // a process that died while it wrote leaves a torn last page
        Open();
    }

    private string LogFile => Path.Combine(Path.GetDirectoryName(_file)!, Path.GetFileNameWithoutExtension(_file) + "-log" + Path.GetExtension(_file));

    /// <summary>Bytes on disk, log included.</summary>
    public long Length => new[] { _file, LogFile }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    /// <summary>Reads under the lock. What comes back must not be lazy.</summary>
    public T Read<T>(Func<LiteDatabase, T> read)
    {
        lock (_gate) return read(Ready());
    }

    /// <summary>Runs one transaction: on disk when this returns, nothing of it when it throws.</summary>
    /// <exception cref="IOException">The disk refused (full, gone); the file is reopened at the next use.</exception>
    public T Write<T>(Func<LiteDatabase, T> write)
    {
        lock (_gate)
        {
            LiteDatabase database = Ready();
            try
            {
                if (!database.BeginTrans()) throw new InvalidOperationException("a catalogue write was begun inside another one");
                T value = RolledBackOnError(database, write);
                if (!database.Commit()) throw new InvalidOperationException("the catalogue refused a commit");
                SyncLog(database);
                return value;
            }
            catch (Exception error) when (error is IOException or LiteException { ErrorCode: not LiteException.INDEX_DUPLICATE_KEY })
            {
                _broken = true;
                throw;
            }
        }
    }

    /// <summary>Copies the whole catalogue, as of now, into another folder.</summary>
    public void CopyTo(string target)
    {
        lock (_gate)
        {
            Ready().Checkpoint();
            RandomAccess.FlushToDisk(_log!.SafeFileHandle);
            using FileStream from = new(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream to = new(target, FileMode.Create, FileAccess.Write, FileShare.None);
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
            _lock.Dispose();
        }
    }

    private static T RolledBackOnError<T>(LiteDatabase database, Func<LiteDatabase, T> write)
    {
        try
        {
            return write(database);
        }
        catch
        {
            database.Rollback();
            throw;
        }
    }

    private void SyncLog(LiteDatabase database)
    {
        RandomAccess.FlushToDisk(_log!.SafeFileHandle);
        if (RandomAccess.GetLength(_log.SafeFileHandle) <= LogLimit) return;
        database.Checkpoint();
        RandomAccess.FlushToDisk(_log.SafeFileHandle);
    }

    private LiteDatabase Ready()
    {
        if (_broken)
        {
            Close();
            CropLog();
            Open();
            _broken = false;
        }

        return _database!;
    }

    private void Open()
    {
        // CheckpointSize 0: LiteDB folds its log only when told to, here, where nobody else writes.
        _database = new LiteDatabase(new ConnectionString { Filename = _file, Connection = ConnectionType.Direct }, CatalogueMapper.Bson) { CheckpointSize = 0 };
        _log = new FileStream(LogFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    private void Close()
    {
        _log?.Dispose();
        _database?.Dispose();
        (_log, _database) = (null, null);
    }

    // LiteDB crops a torn log end with FileShare.None, which an instance that died in this process still denies.
    private void CropLog()
    {
        if (!File.Exists(LogFile)) return;
        using FileStream log = new(LogFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        long whole = log.Length / Page * Page;
        if (whole == log.Length) return;
        log.SetLength(whole);
        log.Flush(flushToDisk: true);
    }
}
