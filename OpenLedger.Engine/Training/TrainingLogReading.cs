using System.Text;
using System.Text.Json;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>A row log read back and checked line by line.</summary>
/// <param name="Head">Hash of the last line.</param>
public sealed record TrainingLogReading(TrainingLogHeader Header, IReadOnlyList<TrainingLogEntry> Entries, Sha256Hash Head)
{
    /// <summary>In how many steps each row was used.</summary>
    public IReadOnlyDictionary<string, int> UsesByRow() =>
        Entries.SelectMany(entry => entry.Rows).CountBy(row => row).ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a whole log.</summary>
    /// <exception cref="TrainingException">A line is not what the next one says it is; the message names it.</exception>
    public static TrainingLogReading Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete); // the run may still be writing it
        TrainingLogHeader? header = null;
        List<TrainingLogEntry> entries = [];
        Sha256Hash head = default;
        foreach ((byte[] line, _) in Lines(file))
        {
            if (header is null) header = Parse<TrainingLogHeader>(line, 1);
            else entries.Add(Chained(line, entries.Count + 2, head, entries.Count + 1));
            head = Sha256Hash.Of(line);
        }
        return new(header ?? throw new TrainingException("the row log is empty"), entries, head);
    }

    /// <summary>Where the lines up to a step end, in bytes.</summary>
    internal static long EndOfStep(FileStream file, int step, Sha256Hash head)
    {
        int number = 0;
        Sha256Hash previous = default;
        foreach ((byte[] line, long end) in Lines(file))
        {
            if (number > 0) _ = Chained(line, number + 1, previous, number);
            previous = Sha256Hash.Of(line);
            if (number++ != step) continue;
            return previous == head ? end : throw new TrainingException($"the row log at step {step} has the head {previous}; the checkpoint names {head}");
        }
        throw new TrainingException($"the row log ends at step {number - 1}; the checkpoint stands at step {step}");
    }

    private static TrainingLogEntry Chained(byte[] line, int number, Sha256Hash previous, int step)
    {
        TrainingLogEntry entry = Parse<TrainingLogEntry>(line, number);
        if (entry.Previous != previous) throw new TrainingException($"line {number} of the row log names {entry.Previous} as the line before; that one has the hash {previous}");
        if (entry.Step != step) throw new TrainingException($"line {number} of the row log is of step {entry.Step}; step {step} is due");
        return entry;
    }

    private static T Parse<T>(byte[] line, int number)
    {
        try
        {
            return CanonicalJson.Read<T>(Encoding.UTF8.GetString(line));
        }
        catch (JsonException e)
        {
            throw new TrainingException($"line {number} of the row log cannot be read: {e.Message}");
        }
    }

    // Only lines that end in a line feed: a torn last line is no line.
    private static IEnumerable<(byte[] Line, long End)> Lines(FileStream file)
    {
        byte[] all = new byte[file.Length];
        file.ReadExactly(all);
        int start = 0;
        for (int feed = Array.IndexOf(all, (byte)'\n'); feed >= 0; feed = Array.IndexOf(all, (byte)'\n', start))
        {
            yield return (all[start..feed], feed + 1);
            start = feed + 1;
        }
    }
}
