using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Tests.Templates;

/// <summary>The grounded prompt numbers its passages, keeps them to one line and cuts long ones at a sentence.</summary>
public class GroundedPromptTests
{
    [Fact]
    public void Passages_are_numbered_and_stand_before_the_question()
    {
        IReadOnlyList<ChatTurn> turns = GroundedPrompt.Turns(" What is it? ", ["It is\n a cell.", "A gene."]);
        Assert.Equal(ChatTurn.System, turns[0].Role);
        Assert.Equal("[1] It is a cell.\n[2] A gene.\n\nQuestion: What is it?", turns[1].Content);
    }

    [Fact]
    public void A_long_passage_is_cut_after_a_sentence_or_else_after_a_word()
    {
        string sentences = string.Concat(Enumerable.Repeat("One short sentence. ", 100)), words = string.Concat(Enumerable.Repeat("word ", 300));
        Assert.EndsWith("sentence.", GroundedPrompt.Shorten(sentences), StringComparison.Ordinal);
        Assert.EndsWith("word", GroundedPrompt.Shorten(words), StringComparison.Ordinal);
        Assert.True(GroundedPrompt.Shorten(sentences).Length <= GroundedPrompt.LongestPassage);
        Assert.Equal("word", GroundedPrompt.Shorten("word"));
    }
}
