using System.Text;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Engine.Tests.Datanets.Ingestion;

/// <summary>Files made to hurt cost neither memory nor an exception: they are refused, or their rows are named.</summary>
[Collection(TensorCounting.Name)] // what others allocate meanwhile would count
public sealed class BombsTests : IDisposable
{
    private const int Large = 40_000_000;
    private const long MostMemory = 200_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bombs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("one-line.jsonl", "{\"question\":\"", "a")]
    [InlineData("open-quote.csv", "question,answer\na,\"", "b")]
    [InlineData("quotes.csv", "question,answer\n", "\"a\n")]
    [InlineData("quotes-in-cells.csv", "question,answer\n", "x,\"y\"z\n")]
    [InlineData("one-cell.csv", "question,answer\na,", "b")]
    [InlineData("deep.json", "", "[")]
    [InlineData("deep.jsonl", "", "{\"a\":")]
    [InlineData("one-entry.json", "[{\"question\":\"", "a")]
    [InlineData("delimiters.csv", "", ",")]
    [InlineData("empty-objects.jsonl", "", "{}\n")]
    [InlineData("one-paragraph.txt", "", "word ")]
    [InlineData("hashes.md", "", "#")]
    [InlineData("headings.md", "", "# a\nb\n")]
    [InlineData("fence.md", "```\n", "x\n")]
    [InlineData("damaged.txt", "", "\u00ff")]
    [InlineData("blank.csv", "question,answer\n", "\n")]
    [InlineData("returns.csv", "question,answer\n", "\r")]
    [InlineData("same.csv", "question,answer\n", "the same row,again and again\n")]
    public void A_large_file_of_one_thing_is_read_within_its_limits(string name, string head, string unit)
    {
        string path = Write(name, head, unit);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SourceOpening opening = SourceFile.Open(path, name);
        if (opening.File is SourceFile file && ColumnRecognition.Of(file).Mapping is { Faults.Count: 0 } mapping)
        {
            IngestReport report = RowIngest.Run(file, new IngestPlan(mapping, [], "0xaa", []), null, null, TestContext.Current.CancellationToken);
            Assert.True(report.Read <= IngestLimits.Default.Rows);
            Assert.True(report.Problems.Count <= IngestLimits.Default.ProblemsShown);
        }
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, long.MinValue, MostMemory);
    }

    private string Write(string name, string head, string unit)
    {
        string path = Path.Combine(_folder.FullName, name);
        byte[] piece = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(unit, Math.Max(1, 65_536 / unit.Length))));
        using FileStream file = File.Create(path);
        file.Write(Encoding.Latin1.GetBytes(head));
        while (file.Length < Large) file.Write(piece);
        return path;
    }
}
