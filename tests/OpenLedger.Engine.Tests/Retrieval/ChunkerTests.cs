using System.Globalization;
using System.Text;
using CsCheck;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class ChunkerTests
{
    private static readonly string[] Parts = ["casa ", "è ", "🙂", "e\u0301", "👩‍🔬", "fine. ", "\n", "漢字", "。"];

    private static readonly Chunker ByWords = new(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, new ChunkSize(Target: 8, Most: 12, Least: 4));

    [Fact]
    public void Passages_are_whole_sentences_of_the_rows_own_text()
    {
        const string Text = "One two three four five. Six seven eight nine ten. Eleven twelve thirteen fourteen. Fifteen sixteen seventeen eighteen nineteen twenty.";
        Assert.Equal(
            ["One two three four five. Six seven eight nine ten.", "Eleven twelve thirteen fourteen. Fifteen sixteen seventeen eighteen nineteen twenty."],
            ByWords.Cut(new("r", Text, "0x1")).Select(passage => passage.Text));
    }

    [Fact]
    public void A_short_rest_joins_the_passage_before() =>
        Assert.Equal(["One two three four five. Six seven eight nine. Ten."], ByWords.Cut(new("r", "One two three four five. Six seven eight nine. Ten.", "0x1")).Select(passage => passage.Text));

    [Fact]
    public void The_heading_is_part_of_no_passage_and_of_what_is_indexed()
    {
        const string Text = "Is it rare?\n\nYes, very.";
        Passage passage = Assert.Single(ByWords.Cut(new("r", Text, "0x1", BodyStart: 13)));
        Assert.Equal(("Yes, very.", "Is it rare?", "Is it rare?\nYes, very."), (passage.Text, passage.Heading, passage.Indexed));
        Assert.Equal("Yes, very.", passage.Span.Of(Text));
    }

    [Fact]
    public void A_sentence_that_is_too_long_is_cut_at_words_and_no_word_is_lost()
    {
        string text = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"word{i}"));
        IReadOnlyList<Passage> passages = ByWords.Cut(new("r", text, "0x1"));
        Assert.All(passages, passage => Assert.InRange(passage.Text.Split(' ').Length, 1, 12));
        Assert.Equal(text, string.Join(' ', passages.Select(passage => passage.Text)));
    }

    [Fact]
    public void A_text_without_spaces_is_cut_between_graphemes()
    {
        string family = "👨‍👩‍👧‍👦", text = string.Concat(Enumerable.Repeat(family, 40));
        Chunker byUnits = new(part => part.Length, new ChunkSize(Target: 30, Most: 40, Least: 1));
        IReadOnlyList<Passage> passages = byUnits.Cut(new("r", text, "0x1"));
        Assert.Equal(text, string.Concat(passages.Select(passage => passage.Text)));
        Assert.All(passages, passage => Assert.Equal(0, passage.Text.Length % family.Length));
    }

    [Fact]
    public void An_empty_row_has_no_passage() => Assert.Empty(ByWords.Cut(new("r", " \n ", "0x1")));

    [Fact]
    public void Spans_point_at_the_same_text_in_characters_and_in_bytes_and_cut_no_grapheme() =>
        Gen.Int[0, Parts.Length - 1].Array[0, 80].Select(parts => string.Concat(parts.Select(part => Parts[part]))).Sample(
            text =>
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                HashSet<int> borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
                return ByWords.Cut(new("r", text, "0x1")).All(passage =>
                    passage.Span.Of(text) == passage.Text
                    && Encoding.UTF8.GetString(utf8, passage.Span.ByteStart, passage.Span.ByteLength) == passage.Text
                    && borders.Contains(passage.Span.Start) && borders.Contains(passage.Span.End));
            },
            iter: 3_000);
}
