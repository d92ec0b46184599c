using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

public class LearnedTextTests
{
    [Fact]
    public void A_conversation_is_shown_as_the_model_reads_it_with_every_answer_marked()
    {
        StarterWords starter = StarterWords.Load();
        ChatTurn[] turns = [new(ChatTurn.User, "What is gout?"), new(ChatTurn.Assistant, "A form of arthritis."), new(ChatTurn.User, "Is it painful?"), new(ChatTurn.Assistant, "Very.")];
        EncodedRow row = starter.Encoder(256).Encode(new DatanetRow("r", turns, null, "0x01")).Row!;
        LearnedText shown = LearnedText.Of(row, starter.Tokenizer);
        Assert.Equal(starter.Template.Render(turns, false, "<|im_start|>", "<|im_end|>"), string.Concat(shown.Stretches.Select(stretch => stretch.Text)));
        Assert.Equal(["A form of arthritis.<|im_end|>\n", "Very.<|im_end|>\n"], shown.Stretches.Where(stretch => stretch.Learned).Select(stretch => stretch.Text));
        Assert.Equal((row.Ids.Length, row.LearnedTokens), (shown.Tokens, shown.LearnedTokens));
    }
}
