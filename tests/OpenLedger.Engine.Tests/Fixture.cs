namespace OpenLedger.Engine.Tests;

/// <summary>Finds the reference numbers and the starter files in the repository. Knows nothing of what is in them.</summary>
internal static class Fixture
{
    private static readonly string Root = FindRoot();

    /// <summary>A file of <c>tests/fixtures</c>.</summary>
    public static string Path(string name) => System.IO.Path.Combine(Root, "tests", "fixtures", name);

    /// <summary>A file or folder that the Studio ships with.</summary>
    public static string Starter(string name) => System.IO.Path.Combine(Root, "OpenLedger.Studio", "Starter", name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "OpenLedger.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no OpenLedger.sln above {AppContext.BaseDirectory}");
    }
}
