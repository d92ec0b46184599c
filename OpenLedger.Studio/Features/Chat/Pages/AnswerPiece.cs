using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>A piece of an answer as the page draws it: words, a source's number, or the word that no row says it. Knows no markup.</summary>
/// <param name="Text">Empty for marks.</param>
/// <param name="Run">The passage, from 0, that these words also stand in.</param>
/// <param name="Source">The passage, from 0, that supports the sentence before it.</param>
/// <param name="IsUnsaid">The sentence before it stands in no passage.</param>
public sealed record AnswerPiece(string Text, int? Run = null, int? Source = null, bool IsUnsaid = false)
{
    /// <summary>The answer in paragraphs of pieces.</summary>
    public static IReadOnlyList<IReadOnlyList<AnswerPiece>> Of(string text, AnswerNotes notes)
    {
        List<AnswerPiece> pieces = [];
        int at = 0;
        foreach (NotedSentence sentence in notes.Sentences)
        {
            Add(pieces, text, at, sentence.Start, notes);
            at = sentence.Start + sentence.Length;
            Add(pieces, text, sentence.Start, at, notes);
            if (sentence.Verdict == SupportVerdict.Supported) pieces.Add(new("", Source: sentence.Passage));
            else if (sentence.Verdict == SupportVerdict.NotSupported) pieces.Add(new("", IsUnsaid: true));
        }

        Add(pieces, text, at, text.Length, notes);
        return Paragraphs(pieces);
    }

    private static void Add(List<AnswerPiece> pieces, string text, int start, int end, AnswerNotes notes)
    {
        int at = start;
        foreach (NotedRun run in notes.Runs.Where(run => run.Start < end && run.Start + run.Length > start).OrderBy(run => run.Start))
        {
            // A run may go on over the end of a sentence: here is the part of it that stands in this stretch.
            int from = Math.Max(run.Start, at), to = Math.Min(run.Start + run.Length, end);
            if (from >= to) continue;
            if (from > at) pieces.Add(new(text[at..from]));
            pieces.Add(new(text[from..to], Run: run.Passage));
            at = to;
        }

        if (end > at) pieces.Add(new(text[at..end]));
    }

    private static List<IReadOnlyList<AnswerPiece>> Paragraphs(List<AnswerPiece> pieces)
    {
        List<List<AnswerPiece>> paragraphs = [[]];
        foreach (AnswerPiece piece in pieces)
        {
            string[] lines = piece.Text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (i > 0) paragraphs.Add([]);
                if (lines[i].Length > 0 || piece.Source is not null || piece.IsUnsaid) paragraphs[^1].Add(piece with { Text = lines[i] });
            }
        }

        return [.. paragraphs.Where(paragraph => paragraph.Count > 0)];
    }
}
