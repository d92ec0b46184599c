using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Retrieval;

/// <summary>Puts <c>[n]</c> after each supported sentence, by what the engine checked and not by what the model claims. Knows nothing of how support is found.</summary>
public static partial class PlaceCitations
{
    /// <summary>The answer without citation marks that a model wrote: a model cites what it likes.</summary>
    public static string Without(string answer) => OwnMarks().Replace(answer, "");

    /// <summary>The answer with a mark after every supported sentence.</summary>
    public static CitedAnswer In(AnswerSupport support)
    {
        StringBuilder text = new();
        List<(SentenceSupport Sentence, int Start, int End, int Mark)> placed = [];
        int copied = 0;
        foreach (SentenceSupport sentence in support.Sentences.Where(sentence => sentence.Verdict == SupportVerdict.Supported))
        {
            text.Append(support.Answer, copied, sentence.Span.End - copied);
            copied = sentence.Span.End;
            int end = text.Length;
            text.Append(' ').Append(Mark(sentence));
            placed.Add((sentence, end - sentence.Span.Length, end, end + 1));
        }

        string cited = text.Append(support.Answer, copied, support.Answer.Length - copied).ToString();
        return new(cited, [.. placed.Select(place => new Citation(
            place.Sentence.Passage!.Value + 1, TextSpan.Between(cited, place.Mark, place.Mark + Mark(place.Sentence).Length), TextSpan.Between(cited, place.Start, place.End),
            support.Passages[place.Sentence.Passage.Value], place.Sentence.Evidence!.Value))]);
    }

    private static string Mark(SentenceSupport sentence) => $"[{sentence.Passage + 1}]";

    [GeneratedRegex(@"[ ]?\[\d{1,3}(,\s*\d{1,3})*\]")]
    private static partial Regex OwnMarks();
}
