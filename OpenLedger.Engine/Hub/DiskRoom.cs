namespace OpenLedger.Engine.Hub;

/// <summary>How much the disk under a folder still takes. Reserves nothing.</summary>
public static class DiskRoom
{
    /// <summary>Bytes free for this process, where the folder lies or would lie.</summary>
    public static long At(string folder)
    {
        string? there = Path.GetFullPath(folder);
        while (there is not null && !Directory.Exists(there)) there = Path.GetDirectoryName(there);
        return new DriveInfo(there ?? Path.GetPathRoot(Path.GetFullPath(folder))!).AvailableFreeSpace;
    }
}
