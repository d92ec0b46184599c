using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Engine.Tests.Datanets.Ingestion;

/// <summary>Opens a file and takes its rows in a line, for tests.</summary>
internal static class Ingesting
{
    public static SourceFile Open(string path, IngestLimits? limits = null, SourceChoices? choices = null)
    {
        SourceOpening opening = SourceFile.Open(path, Path.GetFileName(path), limits, choices);
        return opening.File ?? throw new InvalidOperationException($"{path}: {opening.Refusal}");
    }

    public static (IngestReport Report, List<DatanetRow> Rows) Take(SourceFile file, params RowMend[] mends) => Take(file, ColumnRecognition.Of(file).Mapping, [], mends);

    public static (IngestReport Report, List<DatanetRow> Rows) Take(SourceFile file, ColumnMapping mapping, IReadOnlyList<DatanetRow> existing, params RowMend[] mends)
    {
        List<DatanetRow> rows = [];
        IngestReport report = RowIngest.Run(file, new(mapping, mends, "0xaa", existing), rows.Add, null, TestContext.Current.CancellationToken);
        return (report, rows);
    }

    /// <summary>A file of this text, gone with the test's folder.</summary>
    public static string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public static string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ingest").FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
