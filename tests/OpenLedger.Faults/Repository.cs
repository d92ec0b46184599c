namespace OpenLedger.Faults;

/// <summary>Finds the repository's files from where the tests run.</summary>
internal static class Repository
{
    public static string Starter { get; } = Path.Combine(FindRoot(), "OpenLedger.Studio", "Starter");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpenLedger.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no OpenLedger.sln above {AppContext.BaseDirectory}");
    }
}
