using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Training;

/// <summary>Finds passages that do not answer a question though some look as if they might. Knows nothing of prompts.</summary>
internal sealed class Distractors
{
    private const int NearPassages = 8;

    private readonly QuestionRow[] _rows;
    private readonly (QuestionRow Row, Passage Passage)[] _passages;
    private readonly Bm25 _words = new();

    public Distractors(QuestionRow[] rows)
    {
        _rows = rows;
        _passages = [.. rows.SelectMany(row => row.Passages.Select(passage => (row, passage)))];
        foreach ((_, Passage passage) in _passages) _words.Add(Terms.Of(passage.Indexed, TextAnalysis.English));
    }

    /// <summary>Passages of other rows: in turn one that is near in words, and any.</summary>
    public IEnumerable<Passage> For(QuestionRow row, int count, SeededOrder order)
    {
        Passage[] near = count > 0 ? Near(row) : [];
        HashSet<Passage> chosen = [];
        // Bounded, for a Datanet may have no other row at all.
        for (int tries = 0; chosen.Count < count && tries < 20 * count; tries++)
        {
            if (tries % 2 == 0 && near.Length > 0) chosen.Add(near[order.Below(near.Length)]);
            else if (Any(row, order) is Passage any) chosen.Add(any);
        }
        return chosen;
    }

    private Passage[] Near(QuestionRow row)
    {
        double[] scores = _words.Score(Terms.Of(row.Question, TextAnalysis.English));
        return [.. Enumerable.Range(0, _passages.Length)
            .Where(i => scores[i] > 0 && !MayAnswer(_passages[i].Row, row))
            .OrderByDescending(i => scores[i]).ThenBy(i => i)
            .Take(NearPassages)
            .Select(i => _passages[i].Passage)];
    }

    private Passage? Any(QuestionRow row, SeededOrder order)
    {
        QuestionRow other = _rows[order.Below(_rows.Length)];
        return MayAnswer(other, row) ? null : other.Passages[order.Below(other.Passages.Count)];
    }

    // The row itself, one that asks the same, or one of the same page.
    private static bool MayAnswer(QuestionRow other, QuestionRow row) =>
        other.Row.Id == row.Row.Id || other.Question == row.Question || (other.Row.SourceUrl is string url && url == row.Row.SourceUrl);
}
