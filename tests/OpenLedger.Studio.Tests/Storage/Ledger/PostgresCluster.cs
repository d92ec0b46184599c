using System.Diagnostics;
using Npgsql;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

/// <summary>A PostgreSQL of this test run's own, on a socket in a folder of its own. Skips its tests where PostgreSQL is not installed.</summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly string? _programs = FindPrograms();
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-pg-").FullName;
    private Process? _server;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        if (_programs is null || OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32("777", 8));
        using (Process initdb = Start("initdb", "-D", Path.Combine(_folder, "data"), "-A", "trust", "-U", "studio", "--no-sync")) await initdb.WaitForExitAsync();
        _server = Start("postgres", "-D", Path.Combine(_folder, "data"), "-k", _folder, "-c", "listen_addresses=", "-c", "fsync=off");
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        while (!await AnswersAsync(late.Token)) await Task.Delay(50, late.Token);
    }

    /// <returns>A connection string of an empty database.</returns>
    public string NewDatabase()
    {
        Assert.SkipWhen(_programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql)");
        string name = $"ledger{Interlocked.Increment(ref _databases)}";
        using NpgsqlConnection connection = new(Connection("postgres"));
        connection.Open();
        using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindPrograms() => !OperatingSystem.IsLinux() || !Directory.Exists("/usr/lib/postgresql")
        ? null
        : Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    // PostgreSQL refuses to run as root: there, its own user runs it.
    private Process Start(string program, params string[] arguments)
    {
        bool root = Environment.IsPrivilegedProcess;
        ProcessStartInfo start = new(root ? "setpriv" : Path.Combine(_programs!, program)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        if (root) foreach (string word in new[] { "--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_programs!, program) }) start.ArgumentList.Add(word);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using NpgsqlConnection connection = new(Connection("postgres"));
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Connection(string database) => $"Host={_folder};Username=studio;Database={database}";
}
