using System.Diagnostics;
using OpenLedger.Contracts.Tests.Outside;

namespace OpenLedger.Contracts.Tests.Solidity;

/// <summary>Runs npm's forge in contracts-sol.</summary>
internal static class Forge
{
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new("node") { WorkingDirectory = Repository.ContractsSol, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["tools/forge.js", .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel), errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await errors);
    }
}
