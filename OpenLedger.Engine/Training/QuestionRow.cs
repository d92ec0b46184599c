using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Training;

/// <summary>A Datanet row that asks one question and answers it, with the passages that retrieval would find of it.</summary>
internal sealed record QuestionRow(DatanetRow Row, string Question, IReadOnlyList<Passage> Passages)
{
    /// <summary>The row as a question, or null for a text, a longer conversation or an empty side.</summary>
    public static QuestionRow? Of(DatanetRow row, Chunker chunker)
    {
        ChatTurn[] turns = [.. row.Turns.Where(turn => turn.Role != ChatTurn.System)];
        if (turns is not [{ Role: ChatTurn.User, Content: { Length: > 0 } question }, { Role: ChatTurn.Assistant, Content: { Length: > 0 } answer }]) return null;
        string text = row.AsPassageText();
        IReadOnlyList<Passage> passages = chunker.Cut(new PassageSource(row.Id, text, row.Contributor, text.Length - answer.Length));
        return passages.Count > 0 ? new(row, question, passages) : null;
    }
}
