namespace OpenLedger.Fixtures;

/// <summary>Finds the fixtures and the starter model from wherever the program was started.</summary>
internal static class FixtureFolders
{
    /// <summary>The folder whose subfolders are the areas.</summary>
    public static string Root() => Environment.GetEnvironmentVariable("OPENLEDGER_FIXTURES") is { Length: > 0 } given
        ? given : Path.Combine(Repository(), "tests", "fixtures");

    /// <summary>The starter model's file.</summary>
    public static string StarterModel() =>
        Path.Combine(Repository(), "OpenLedger.Studio", "Starter", "models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf");

    /// <summary>The starter embedder's folder.</summary>
    public static string StarterEmbedder() => Path.Combine(Repository(), "OpenLedger.Studio", "Starter", "models", "all-MiniLM-L6-v2");

    private static string Repository()
    {
        foreach (string from in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "OpenLedger.sln"))) return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("the repository (the folder of OpenLedger.sln) is not above the current folder nor above the program; set OPENLEDGER_FIXTURES");
    }
}
