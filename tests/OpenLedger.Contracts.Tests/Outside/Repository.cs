using System.Text.Json;

namespace OpenLedger.Contracts.Tests.Outside;

/// <summary>Where the repository's files lie, seen from a test's output folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ContractsSol => Path.Combine(Root, "contracts-sol");

    public static JsonElement Vectors(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "tests", "fixtures", "contracts", name)));
        return document.RootElement.Clone();
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpenLedger.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("OpenLedger.sln is in no folder above the tests");
    }
}
