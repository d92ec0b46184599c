using System.Runtime.InteropServices;

namespace OpenLedger.Contracts.Development;

/// <summary>Finds the anvil that npm put into contracts-sol for this platform. Knows nothing of running it.</summary>
public static class AnvilBinary
{
    /// <param name="configured">A path that overrides the search; null or empty to search.</param>
    /// <param name="from">Where to start looking upwards for <c>contracts-sol</c>.</param>
    /// <exception cref="FileNotFoundException">It is nowhere; the message says what to run.</exception>
    public static string Find(string? configured, string from)
    {
        if (!string.IsNullOrWhiteSpace(configured))
            return File.Exists(configured) ? configured : throw new FileNotFoundException($"no anvil at '{configured}' (configuration Studio:Chain:Anvil)");
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "contracts-sol", "node_modules", "@foundry-rs", Package, "bin", "anvil" + Suffix);
            if (File.Exists(path)) return path;
        }
        throw new FileNotFoundException($"anvil ({Package}) is not installed: run 'npm ci --ignore-scripts' in contracts-sol, or name another node by configuration Studio:Chain:Rpc");
    }

    private static string Package => $"anvil-{Platform}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}";

    private static string Platform => OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static string Suffix => OperatingSystem.IsWindows() ? ".exe" : "";
}
