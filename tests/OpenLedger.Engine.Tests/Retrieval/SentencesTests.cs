using CsCheck;
using OpenLedger.Engine.Retrieval;

namespace OpenLedger.Engine.Tests.Retrieval;

public class SentencesTests
{
    private static readonly string[] Parts = ["a", "È", "🙂", ". ", "\n", " ", "? ", "[1]", "Dr. ", "。", "7. ", ")"];

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  \n ", new string[0])]
    [InlineData("One. Two? Three!", new[] { "One.", "Two?", "Three!" })]
    [InlineData("Dr. Rossi saw 3.5 cm, e.g. in St. Louis. Then left.", new[] { "Dr. Rossi saw 3.5 cm, e.g. in St. Louis.", "Then left." })]
    [InlineData("He said \"stop.\" Then (it ended.) Fine", new[] { "He said \"stop.\"", "Then (it ended.)", "Fine" })]
    [InlineData("A heading\nA line without a stop\r\nEnd.", new[] { "A heading", "A line without a stop", "End." })]
    [InlineData("White blood cells. - Previous chemotherapy.- Next one.", new[] { "White blood cells.", "- Previous chemotherapy.", "- Next one." })]
    [InlineData("It is rare [1]. It is mild. [2] It ends.[3]", new[] { "It is rare [1].", "It is mild. [2]", "It ends.[3]" })]
    [InlineData("これは文です。次の文です。", new[] { "これは文です。", "次の文です。" })]
    [InlineData("1. Rest. 2. Drink.", new[] { "1. Rest.", "2. Drink." })]
    [InlineData("Wait... what?! Yes", new[] { "Wait...", "what?!", "Yes" })]
    public void Sentences_end_where_a_reader_would_stop(string text, string[] sentences) => Assert.Equal(sentences, Sentences.Of(text).Select(span => span.Of(text)));

    [Fact]
    public void Every_mark_on_paper_stands_in_one_sentence_and_bytes_agree_with_characters() =>
        Gen.Int[0, Parts.Length - 1].Array[0, 40].Select(parts => string.Concat(parts.Select(part => Parts[part]))).Sample(
            text =>
            {
                IReadOnlyList<TextSpan> spans = Sentences.Of(text);
                string inSentences = string.Concat(spans.Select(span => span.Of(text))), all = text;
                byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(text);
                bool bytes = spans.All(span => System.Text.Encoding.UTF8.GetString(utf8, span.ByteStart, span.ByteLength) == span.Of(text));
                return bytes && Ink(inSentences) == Ink(all) && spans.Zip(spans.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
            },
            iter: 10_000);

    private static string Ink(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
