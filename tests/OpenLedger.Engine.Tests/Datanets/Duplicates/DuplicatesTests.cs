using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Datanets.Duplicates;
using OpenLedger.Engine.Datanets.Ingestion;
using OpenLedger.Engine.Tests.Datanets.Ingestion;

namespace OpenLedger.Engine.Tests.Datanets.Duplicates;

/// <summary>Which rows say the same, and which nearly.</summary>
public class DuplicatesTests
{
    [Fact]
    public void Case_form_and_spacing_make_no_difference()
    {
        Assert.Equal(RowFingerprint.Of("What is  GLAUCOMA?"), RowFingerprint.Of("what is glaucoma"));
        Assert.Equal(RowFingerprint.Of("caf\u00e9 \ufb01n"), RowFingerprint.Of("cafe\u0301 fin"));
        Assert.NotEqual(RowFingerprint.Of("What is glaucoma?"), RowFingerprint.Of("What was glaucoma?"));
        Assert.NotEqual(RowFingerprint.Of("👍"), RowFingerprint.Of("👎"));
    }

    [Fact]
    public void A_second_copy_waits_for_a_decision()
    {
        string path = Ingesting.Write("twice.csv", "question,answer\na,b\nc,d\nA,b.\n");
        SourceFile file = Ingesting.Open(path);
        (IngestReport report, _) = Ingesting.Take(file);
        Assert.Equal((3, ProblemKind.ExactDuplicate, "Says the same as row 1. A second copy earns nothing."), (report.Problems[0].Row, report.Problems[0].Kind, report.Problems[0].What));
        (report, List<DatanetRow> rows) = Ingesting.Take(file, new RowMend(3, MendAction.Keep));
        Assert.True(report.IsReady);
        Assert.Equal(3, rows.Select(row => row.Id).Distinct().Count());
        Assert.Equal(rows[0].Id + "-2", rows[2].Id);
    }

    [Fact]
    public void A_copy_of_a_row_that_was_there_before_is_found()
    {
        SourceFile file = Ingesting.Open(Ingesting.Write("again.csv", "question,answer\na,b\n"));
        DatanetRow[] there = [.. Ingesting.Take(file).Rows];
        (IngestReport report, _) = Ingesting.Take(file, ColumnRecognition.Of(file).Mapping, there);
        Assert.Contains("a row of this Datanet", Assert.Single(report.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Near_twins_are_shown_with_both_texts()
    {
        string words = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"word{i}"));
        string path = Ingesting.Write("near.csv", $"question,answer\nOne,{words}\nOther,something else entirely and at length\nOne,{words} more\n");
        (IngestReport report, List<DatanetRow> rows) = Ingesting.Take(Ingesting.Open(path));
        NearTwin twin = Assert.Single(report.Near);
        Assert.Equal((3, 1), (twin.Row, twin.Earlier));
        Assert.InRange(twin.Alike, 0.9, 0.999);
        Assert.EndsWith("word60", twin.EarlierText, StringComparison.Ordinal);
        Assert.Equal(3, rows.Count);
        Assert.True(report.IsReady);
    }

    [Fact]
    public void Every_pair_that_brute_force_finds_is_found()
    {
        string[] sample = [.. RowsOfSample().Select(row => row.AsPassageText())];
        Random random = new(7);
        List<string> texts = [.. sample];
        // Each third row again, with some of its words changed: from nearly alike to hardly.
        for (int i = 0; i < sample.Length; i += 3) texts.Add(Changed(sample[i], random, random.Next(1, 12)));
        NearDuplicateSearch search = new();
        texts.ForEach(search.Add);
        HashSet<int> found = [.. search.Find(TestContext.Current.CancellationToken).Select(pair => pair.Later)];
        HashSet<string>[] sets = [.. texts.Select(Shingles)];
        for (int later = 1; later < texts.Count; later++)
        {
            bool near = Enumerable.Range(0, later).Any(earlier => Alike(sets[earlier], sets[later]) >= NearDuplicateSearch.Threshold);
            Assert.Equal(near, found.Contains(later));
        }
        Assert.InRange(found.Count, 30, 149);
    }

    private static List<DatanetRow> RowsOfSample() => Ingesting.Take(Ingesting.Open(Fixture.Starter("datanets/medquad-sample/rows.jsonl"))).Rows;

    private static string Changed(string text, Random random, int words)
    {
        string[] parts = text.Split(' ');
        for (int i = 0; i < words; i++) parts[random.Next(parts.Length)] = $"changed{i}";
        return string.Join(' ', parts);
    }

    private static HashSet<string> Shingles(string text)
    {
        IReadOnlyList<string> words = RowFingerprint.WordsOf(text);
        return [.. Enumerable.Range(0, words.Count - 2).Select(i => string.Join(' ', words[i], words[i + 1], words[i + 2]))];
    }

    private static double Alike(HashSet<string> a, HashSet<string> b)
    {
        int shared = a.Count(b.Contains);
        return shared / (double)(a.Count + b.Count - shared);
    }
}
