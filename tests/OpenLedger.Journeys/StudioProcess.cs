using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Journeys;

/// <summary>The real Studio in a process of its own, on a free port, with a data folder of its own. Can be killed as hard as a test wants.</summary>
public sealed partial class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StudioProcess(Process process, string data)
    {
        _process = process;
        Data = data;
    }

    public string Data { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>All it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <param name="data">The data folder; given again after a kill, the Studio goes on from it.</param>
    /// <param name="settings">Configuration, as <c>--Name=value</c>.</param>
    /// <returns>Once it listens.</returns>
    public static async Task<StudioProcess> StartAsync(string data, params string[] settings)
    {
        // The environment is Development because only there are the packages' static files served from a build (not a publish).
        var start = new ProcessStartInfo("dotnet", [Repository.StudioProgram, "--urls", "http://127.0.0.1:0", $"--Studio:Data={data}", .. settings])
        {
            WorkingDirectory = Repository.StudioFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        var studio = new StudioProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data);
        studio.Run();
        studio.Address = await studio._listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return studio;
    }

    /// <summary>kill -9: no goodbye, as when the power fails.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The Studio ended before it listened:\n{Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_log) _log.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) _listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
