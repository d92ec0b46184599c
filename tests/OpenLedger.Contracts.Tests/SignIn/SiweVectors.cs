using System.Text.Json;

namespace OpenLedger.Contracts.Tests.SignIn;

/// <summary>What viem wrote and signed (tests/fixtures/siwe/make.mjs).</summary>
internal static class SiweVectors
{
    private static readonly JsonDocument _file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "vectors.json")));

    public static IReadOnlyList<JsonElement> Messages { get; } = [.. _file.RootElement.GetProperty("messages").EnumerateArray()];

    public static IReadOnlyList<JsonElement> Texts { get; } = [.. _file.RootElement.GetProperty("texts").EnumerateArray()];

    public static string Text(this JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static string Folder()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !Directory.Exists(Path.Combine(at.FullName, "tests", "fixtures", "siwe"))) at = at.Parent;
        return Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("tests/fixtures/siwe"), "tests", "fixtures", "siwe");
    }
}
