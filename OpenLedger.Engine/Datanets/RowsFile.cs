using System.Text;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Datanets;

/// <summary>A version's rows as they lie on disk: one row's canonical JSON a line, in the order of the tree's leaves. Knows nothing of folders.</summary>
public static class RowsFile
{
    /// <summary>Writes the rows.</summary>
    public static void Write(Stream stream, IEnumerable<DatanetRow> rows)
    {
        foreach (DatanetRow row in rows) Append(stream, row);
    }

    /// <summary>Writes one row.</summary>
    public static void Append(Stream stream, DatanetRow row)
    {
        stream.Write(CanonicalJson.SerializeToUtf8(row));
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads rows back, one at a time.</summary>
    /// <exception cref="RowsFileException">A line is no row.</exception>
    public static IEnumerable<DatanetRow> Read(string path)
    {
        int line = 0;
        foreach (string json in File.ReadLines(path, Encoding.UTF8)) yield return RowOf(json, path, ++line);
    }

    private static DatanetRow RowOf(string json, string path, int line)
    {
        try
        {
            return CanonicalJson.Read<DatanetRow>(json);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new RowsFileException($"line {line} of '{path}' is no row: {e.Message}", e);
        }
    }
}

/// <summary>A file of rows that is damaged. The message names the file and the line.</summary>
public sealed class RowsFileException(string message, Exception inner) : Exception(message, inner);
