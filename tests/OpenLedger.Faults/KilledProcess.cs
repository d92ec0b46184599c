using System.Diagnostics;

namespace OpenLedger.Faults;

/// <summary>This program in another role, killed without a goodbye after it has said so many lines. Knows nothing of what it does.</summary>
/// <remarks>The moment is counted in lines, so that a slow machine is killed in the same places as a fast one.</remarks>
internal static class KilledProcess
{
    /// <summary>All it said.</summary>
    /// <param name="role">The variable that gives it its role.</param>
    /// <param name="folder">The variable's value.</param>
    /// <param name="lines">After how many lines it is killed.</param>
    public static List<string> SaidBefore(string role, string folder, int lines)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { [role] = folder } };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") start.ArgumentList.Add(typeof(KilledProcess).Assembly.Location);
        using Process process = Process.Start(start)!;
        Task<string> complaint = process.StandardError.ReadToEndAsync();
        List<string> said = [];
        while (said.Count < lines && process.StandardOutput.ReadLine() is string line) said.Add(line);
        process.Kill();
        said.AddRange(process.StandardOutput.ReadToEnd().Split('\n').SkipLast(1));
        process.WaitForExit();
        Assert.True(said.Count >= lines, $"the process ended by itself after {said.Count} lines: {complaint.Result}");
        return said;
    }
}
