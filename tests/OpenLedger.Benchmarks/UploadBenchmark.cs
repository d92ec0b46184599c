using System.Diagnostics;
using System.Text;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Benchmarks;

/// <summary>The largest file that can be uploaded, read as the upload page reads it: recognised, checked row by row, duplicates told.</summary>
internal static class UploadBenchmark
{
    private const long Bytes = 99_900_000; // the last row may run over, and 100 MB is the most

    public static IEnumerable<Figure> Run()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("upload").FullName, "rows.csv");
        Write(path);
        using Process self = Process.GetCurrentProcess();
        long began = Stopwatch.GetTimestamp();
        SourceFile file = SourceFile.Open(path, "rows.csv").File!;
        ColumnMapping mapping = ColumnRecognition.Of(file).Mapping;
        double recognised = Stopwatch.GetElapsedTime(began).TotalSeconds;
        IngestReport report = RowIngest.Run(file, new IngestPlan(mapping, [], "0xaa", []), null, null, default);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        self.Refresh();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        yield return new("upload.recognised", recognised, "s", "lower", "until the columns are known");
        yield return new("upload.checked", seconds, "s", "lower", $"100 MB, {report.Read} rows, each checked and held against the others");
        yield return new("upload.memory", self.PeakWorkingSet64 / 1e6, "MB", "lower", "peak of the whole process");
    }

    // Real rows over and over, each told apart by a number in the question.
    private static void Write(string path)
    {
        DatanetRow[] rows = [.. SampleRows.Read()];
        using StreamWriter file = new(path, false, new UTF8Encoding(false));
        file.Write("question,answer\n");
        for (int i = 0; file.BaseStream.Position < Bytes; i++)
            file.Write($"\"{i} {Quoted(rows[i % rows.Length].Turns[0].Content)}\",\"{i} {Quoted(rows[i % rows.Length].Turns[1].Content)}\"\n");
    }

    private static string Quoted(string text) => text.Replace("\"", "\"\"", StringComparison.Ordinal);
}
