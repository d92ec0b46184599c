using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Tensors;

/// <summary>Writes a file whole or not at all, and so that it outlives a loss of power. Knows no format.</summary>
public static partial class AtomicFile
{
    private const int ReadOnlyDirectory = 0x10000;   // O_RDONLY | O_DIRECTORY

    /// <summary>Writes to a temporary name beside <paramref name="path"/>, flushes to the disk, renames over it and flushes the folder.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);   // nothing to delete after the rename
        }
        FlushFolder(folder);
    }

    // A rename is only lasting once its folder is flushed (fsync(2), NOTES). Windows journals it.
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        int handle = Open(folder, OperatingSystem.IsLinux() ? ReadOnlyDirectory : 0);
        if (handle < 0) throw new IOException($"folder '{folder}' cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()})");
        int result = Flush(handle);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result < 0) throw new IOException($"folder '{folder}' cannot be flushed (errno {error})");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
