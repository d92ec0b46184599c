using OpenLedger.Engine.Retrieval;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Chat.Pages;

namespace OpenLedger.Studio.Tests.Features.Chat;

public sealed class AnswerPieceTests
{
    private const string Answer = "It burns. It may rain.\n\nDo ask.";

    private static readonly AnswerNotes _notes = new(
        [], [new(0, 9, SupportVerdict.Supported, 1, 0, 0), new(10, 12, SupportVerdict.NotSupported, 0, 0, 0), new(24, 7, SupportVerdict.NothingClaimed, null, 0, 0)], [new(3, 5, 1, 0, 5)], null);

    [Fact]
    public void Each_sentence_is_marked_by_its_source_or_as_said_by_no_row_and_no_letter_is_lost()
    {
        IReadOnlyList<IReadOnlyList<AnswerPiece>> paragraphs = AnswerPiece.Of(Answer, _notes);
        Assert.Equal(2, paragraphs.Count);
        Assert.Equal(
            [new("It "), new("burns", Run: 1), new("."), new("", Source: 1), new(" "), new("It may rain."), new("", IsUnsaid: true)],
            paragraphs[0]);
        Assert.Equal("Do ask.", Assert.Single(paragraphs[1]).Text);
    }
}
