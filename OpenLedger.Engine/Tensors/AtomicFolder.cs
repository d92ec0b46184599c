namespace OpenLedger.Engine.Tensors;

/// <summary>Writes a folder of files whole or not at all, and so that it outlives a loss of power. Knows no format.</summary>
public static class AtomicFolder
{
    /// <summary>Lets <paramref name="fill"/> write into a temporary folder, flushes all of it and renames it to <paramref name="path"/>; one that stood there gives way.</summary>
    public static void Write(string path, Action<string> fill)
    {
        string target = Path.GetFullPath(path);
        string parent = Path.GetDirectoryName(target)!;
        string temporary = Path.Combine(parent, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(temporary);
        try
        {
            fill(temporary);
            FlushAll(temporary);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(temporary, target);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
        AtomicFile.FlushFolder(parent);
    }

    /// <summary>Gives a folder that was filled beside it, on the same disk, its name: flushes all of it and renames; one that stood there gives way.</summary>
    public static void Adopt(string folder, string path)
    {
        string target = Path.GetFullPath(path);
        FlushAll(folder);
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        Directory.Move(folder, target);
        AtomicFile.FlushFolder(Path.GetDirectoryName(target)!);
    }

    /// <summary>Removes what a process that died in the middle of <see cref="Write"/> left behind.</summary>
    public static void RemoveLeftovers(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (string folder in Directory.EnumerateDirectories(parent, ".*.tmp")) Directory.Delete(folder, recursive: true);
    }

    private static void FlushAll(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
        foreach (string inner in Directory.EnumerateDirectories(folder)) FlushAll(inner);
        AtomicFile.FlushFolder(folder);
    }
}
