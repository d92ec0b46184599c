namespace OpenLedger.Journeys;

/// <summary>Where the sources and the built Studio lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string StudioFolder { get; } = Path.Combine(Root, "OpenLedger.Studio");

    /// <summary>The Studio as built in the same configuration as this.</summary>
    public static string StudioProgram { get; } = Path.Combine(StudioFolder, "bin", Configuration(), "net10.0", "OpenLedger.Studio.dll");

    /// <summary>Where pictures go.</summary>
    public static string Screens { get; } = Directory.CreateDirectory(Path.Combine(Root, ".screens")).FullName;

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "OpenLedger.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no OpenLedger.sln above the tests"));
}
