using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public sealed class TrainingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("row-log").FullName;

    private string LogPath => Path.Combine(_folder, "rows.log.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back_with_the_same_head()
    {
        Sha256Hash head = Write(3);
        TrainingLogReading read = TrainingLogReading.Read(LogPath);
        Assert.Equal(head, read.Head);
        Assert.Equal([1, 2, 3], read.Entries.Select(entry => entry.Step));
        Assert.Equal(3, read.UsesByRow()["a"]);
        Assert.Equal(1, read.UsesByRow()["b2"]);
    }

    [Theory]
    [InlineData(1, "line 3")]
    [InlineData(2, "line 4")]
    public void A_changed_line_is_found_by_the_one_after_it(int line, string named)
    {
        Write(3);
        string[] lines = File.ReadAllLines(LogPath);
        lines[line] = lines[line].Replace("\"a\"", "\"z\"", StringComparison.Ordinal);
        File.WriteAllText(LogPath, string.Join('\n', lines) + "\n");
        Assert.Contains(named, Assert.Throws<TrainingException>(() => TrainingLogReading.Read(LogPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_header_is_found_too()
    {
        Write(1);
        string[] lines = File.ReadAllLines(LogPath);
        lines[0] = lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);
        File.WriteAllText(LogPath, string.Join('\n', lines) + "\n");
        Assert.Throws<TrainingException>(() => TrainingLogReading.Read(LogPath));
    }

    [Fact]
    public void Taken_up_after_a_step_the_log_ends_as_if_nothing_had_happened()
    {
        Sha256Hash whole = Write(4);
        byte[] expected = File.ReadAllBytes(LogPath);
        Sha256Hash afterTwo = Write(2);
        File.AppendAllText(LogPath, "{\"epoch\":1,\"prev"); // torn by a kill
        using (TrainingLog log = TrainingLog.Continue(LogPath, 2, afterTwo))
        {
            for (int step = 3; step <= 4; step++) log.Add(step, 1, ["a", $"b{step}"]);
            Assert.Equal(whole, log.Head);
        }
        Assert.Equal(expected, File.ReadAllBytes(LogPath));
    }

    [Fact]
    public void A_log_of_another_run_is_not_taken_up()
    {
        Write(2);
        Assert.Contains("the checkpoint names", Assert.Throws<TrainingException>(() => TrainingLog.Continue(LogPath, 2, Sha256Hash.Of([1]))).Message, StringComparison.Ordinal);
    }

    private Sha256Hash Write(int steps)
    {
        using TrainingLog log = TrainingLog.Begin(LogPath, new TrainingLogHeader(Sha256Hash.Of([1]), Sha256Hash.Of([2]), [Sha256Hash.Of([3])]));
        for (int step = 1; step <= steps; step++) log.Add(step, 1, ["a", $"b{step}"]);
        return log.Head;
    }
}
