namespace OpenLedger.Benchmarks;

/// <summary>Finds the repository's files from where the program runs.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Starter(string name) => Path.Combine(Root, "OpenLedger.Studio", "Starter", name);

    public static string Fixture(string name) => Path.Combine(Root, "tests", "fixtures", name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpenLedger.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no OpenLedger.sln above {AppContext.BaseDirectory}");
    }
}
