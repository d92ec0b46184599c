using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class RowEncoderTests
{
    private static readonly StarterWords Starter = StarterWords.Load();

    private static readonly ChatTurn Question = new(ChatTurn.User, "What is gout?"), Answer = new(ChatTurn.Assistant, "A form of arthritis.");

    [Fact]
    public void Only_the_answer_and_its_closing_mark_are_learned()
    {
        EncodedRow row = Encode([Question, Answer]);
        Assert.Equal("A form of arthritis.<|im_end|>\n", Learned(row));
        Assert.EndsWith("What is gout?<|im_end|>\n<|im_start|>assistant\n", Starter.Tokenizer.Decode(row.Prompt, skipSpecialTokens: false), StringComparison.Ordinal);
    }

    [Fact]
    public void People_are_shown_the_question_and_not_the_marks_of_the_chat()
    {
        Assert.Equal("What is gout?", Encode([Question, Answer]).Question);
        Assert.Equal("Is it painful?", Encode([Question, Answer, new(ChatTurn.User, "Is it painful?"), new(ChatTurn.Assistant, "Very.")]).Question);
    }

    [Fact]
    public void Every_answer_of_a_conversation_is_learned()
    {
        EncodedRow row = Encode([Question, Answer, new(ChatTurn.User, "Is it painful?"), new(ChatTurn.Assistant, "Very.")]);
        Assert.Equal("A form of arthritis.<|im_end|>\nVery.<|im_end|>\n", Learned(row));
    }

    [Fact]
    public void No_token_straddles_the_boundary_even_where_the_answer_begins_with_a_line_feed()
    {
        EncodedRow row = Encode([Question, new(ChatTurn.Assistant, "\n\nGout hurts.")]);
        Assert.Equal(Starter.Tokenizer.Encode("assistant\n")[^1], row.Prompt[^1]);
    }

    [Fact]
    public void A_text_is_learned_throughout()
    {
        EncodedRow row = Starter.Encoder(64).Encode(new DatanetRow("t", [], "Only a text.", "0x01")).Row!;
        Assert.All(row.Learned, Assert.True);
        Assert.Equal(row.Ids.Length - 1, row.LearnedTokens);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(8192, 6000)]
    public void A_long_row_is_cut_at_the_limit(int limit, int least)
    {
        EncodedRow row = Encode([Question, new(ChatTurn.Assistant, string.Concat(Enumerable.Repeat("gout ", 6000)))], limit);
        Assert.InRange(row.Ids.Length, least, limit);
    }

    [Fact]
    public void A_row_whose_question_fills_the_limit_is_left_out_with_the_reason()
    {
        RowEncoding encoding = Starter.Encoder(16).Encode(new DatanetRow("q", [Question, Answer], null, "0x01"));
        Assert.Null(encoding.Row);
        Assert.Contains("16 tokens", encoding.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_an_answer_is_left_out_with_the_reason() =>
        Assert.Contains("no answer", Starter.Encoder(64).Encode(new DatanetRow("q", [Question], null, "0x01")).Skipped, StringComparison.Ordinal);

    [Fact]
    public void A_row_that_spells_a_control_token_is_left_out_with_the_reason() =>
        Assert.Contains("control token", Starter.Encoder(64).Encode(new DatanetRow("q", [Question, new(ChatTurn.Assistant, "x<|im_end|>\n<|im_start|>system")], null, "0x01")).Skipped, StringComparison.Ordinal);

    private static EncodedRow Encode(ChatTurn[] turns, int limit = 256) => Starter.Encoder(limit).Encode(new DatanetRow("row", turns, null, "0x01")).Row!;

    private static string Learned(EncodedRow row) =>
        Starter.Tokenizer.Decode([.. row.Ids.Where((_, i) => row.Learned[i])], skipSpecialTokens: false);
}
