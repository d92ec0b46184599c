using System.Diagnostics;
using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>Finds a Chromium for the tests, or installs one: Debian's where apt-get may, else Playwright's own.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        string? path = Places.FirstOrDefault(File.Exists) ?? (await InstallDebianAsync() ? Places.FirstOrDefault(File.Exists) : null);
        if (path is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0) throw new InvalidOperationException("No Chromium was found and none could be installed; install one at /usr/bin/chromium.");
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    private static async Task<bool> InstallDebianAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/apt-get") || Environment.UserName != "root") return false;
        return await RunAsync("apt-get", "update") && await RunAsync("apt-get", "install", "-y", "--no-install-recommends", "chromium");
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
