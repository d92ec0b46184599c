using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenLedger.Contracts.Development;

/// <summary>One running anvil and the note about it that outlives us. Knows nothing of its chain.</summary>
internal sealed class AnvilProcess : IDisposable
{
    private const int Interrupt = 2;             // SIGINT: anvil writes its state and ends
    private const long StartTolerance = 5_000;   // ms: Linux gives start times relative to a boot time that is itself measured

    private readonly Process _process;

    private AnvilProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    private sealed record Note(int Pid, int Port, long StartedAt);

    public int Port { get; }

    public bool HasExited => _process.HasExited;

    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public static AnvilProcess Start(string binary, IEnumerable<string> arguments, int port, string notePath)
    {
        // With streams of its own: it may outlive a killed app, and whoever reads that app's output would wait for its end.
        ProcessStartInfo start = new(binary) { UseShellExecute = false, CreateNoWindow = true, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{binary}' did not start");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        File.WriteAllText(notePath, JsonSerializer.Serialize(new Note(process.Id, port, StartOf(process))));
        return new AnvilProcess(process, port);
    }

    /// <summary>The anvil that an earlier run of the app left behind, if it still runs. A process that merely has its number now is not it.</summary>
    public static AnvilProcess? Find(string notePath)
    {
        if (!File.Exists(notePath)) return null;
        try
        {
            Note? note = JsonSerializer.Deserialize<Note>(File.ReadAllText(notePath));
            if (note is null) return null;
            Process process = Process.GetProcessById(note.Pid);
            if (!process.HasExited && process.ProcessName.StartsWith("anvil", StringComparison.Ordinal) && Math.Abs(StartOf(process) - note.StartedAt) < StartTolerance) return new AnvilProcess(process, note.Port);
            process.Dispose();
            return null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or JsonException or Win32Exception)
        {
            return null;
        }
    }

    public Task WaitForExitAsync(CancellationToken cancel) => _process.WaitForExitAsync(cancel);

    /// <summary>Asks it to write its state and end; ends it if it does not.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (_process.HasExited) return;
        using CancellationTokenSource late = new(patience);
        try
        {
            if (OperatingSystem.IsWindows() || SendSignal(_process.Id, Interrupt) != 0) _process.Kill();
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        catch (InvalidOperationException) when (_process.HasExited)
        {
            return;   // it ended between the question and the signal
        }
    }

    public void Dispose() => _process.Dispose();

    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
