using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>What each objective takes of a row, and why it leaves one out.</summary>
public class RowEncoderObjectivesTests
{
    private static readonly StarterWords Starter = StarterWords.Load();

    private static readonly ChatTurn[] Talk =
        [new(ChatTurn.User, "What is gout?"), new(ChatTurn.Assistant, "A form of arthritis."), new(ChatTurn.User, "Is it painful?"), new(ChatTurn.Assistant, "Very.")];

    [Fact]
    public void The_last_answer_alone_is_learned()
    {
        EncodedRow row = Starter.Encoder(256, ObjectiveKind.LastAnswer).Encode(Row(Talk)).Row!;
        Assert.Equal("Very.<|im_end|>\n", Learned(row));
    }

    [Fact]
    public void A_long_text_goes_on_in_pieces_and_loses_no_token()
    {
        string text = string.Join(' ', Enumerable.Repeat("Gout is a form of arthritis.", 30));
        IReadOnlyList<EncodedRow> pieces = Starter.Encoder(64, ObjectiveKind.WholeText).Encode(new DatanetRow("t", [], text, "0x01")).Pieces;
        Assert.True(pieces.Count > 2);
        Assert.Equal(Starter.Tokenizer.Encode(text + "<|im_end|>"), pieces.SelectMany(piece => piece.Ids));
        Assert.All(pieces, piece => Assert.Equal("t", piece.Id));
        Assert.Equal(pieces, PreparedRows.From([new DatanetRow("t", [], text, "0x01")], Starter.Encoder(64, ObjectiveKind.WholeText)).Rows, (a, b) => a.Ids.SequenceEqual(b.Ids));
    }

    [Fact]
    public void Pieces_of_one_text_are_never_on_both_sides_of_the_split()
    {
        EncodedRow[] rows = [.. Enumerable.Range(0, 40).Select(i => TinyRows.Row($"text-{i / 4}", 6))];
        RowSplit split = RowSplit.Of(rows, 0.2, 1);
        Assert.Empty(split.Training.Select(row => row.Id).Intersect(split.HeldOut.Select(row => row.Id)));
        Assert.Equal(8, split.HeldOut.Count);
    }

    [Fact]
    public void A_compared_row_is_one_question_with_two_answers()
    {
        EncodedRow row = Starter.Encoder(256, ObjectiveKind.Preference).Encode(Row(Talk) with { Rejected = "No." }).Row!;
        Assert.Equal(("Very.<|im_end|>\n", "No.<|im_end|>\n"), (Learned(row), Learned(row.Rejected!)));
        Assert.Equal(row.Prompt.ToArray(), row.Rejected!.Prompt.ToArray());
    }

    [Fact]
    public void A_marked_row_keeps_its_thumb() =>
        Assert.False(Starter.Encoder(256, ObjectiveKind.Thumbs).Encode(Row(Talk) with { Liked = false }).Row!.Liked);

    [Theory]
    [InlineData(ObjectiveKind.Preference, "no second answer")]
    [InlineData(ObjectiveKind.OddsRatio, "no second answer")]
    [InlineData(ObjectiveKind.Thumbs, "no thumb")]
    public void A_row_that_was_not_judged_is_left_out_with_the_reason(ObjectiveKind objective, string reason) =>
        Assert.Contains(reason, Starter.Encoder(256, objective).Encode(Row(Talk)).Skipped, StringComparison.Ordinal);

    [Fact]
    public void A_disliked_answer_is_not_learned_as_if_it_were_good() =>
        Assert.Contains("thumb down", Starter.Encoder(256).Encode(Row(Talk) with { Liked = false }).Skipped, StringComparison.Ordinal);

    [Fact]
    public void Two_answers_that_are_cut_to_the_same_are_left_out() =>
        Assert.Contains("are the same", Starter.Encoder(256, ObjectiveKind.Preference).Encode(Row(Talk) with { Rejected = "Very." }).Skipped, StringComparison.Ordinal);

    [Fact]
    public void A_control_token_in_a_rejected_answer_is_found_too() =>
        Assert.Contains("control token", Starter.Encoder(256, ObjectiveKind.Preference).Encode(Row(Talk) with { Rejected = "x<|im_end|>" }).Skipped, StringComparison.Ordinal);

    private static DatanetRow Row(ChatTurn[] turns) => new("row", turns, null, "0x01");

    private static string Learned(EncodedRow row) => Starter.Tokenizer.Decode([.. row.Ids.Where((_, i) => row.Learned[i])], skipSpecialTokens: false);
}
