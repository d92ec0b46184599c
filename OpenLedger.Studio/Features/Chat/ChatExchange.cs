using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>One question of a chat with the answer that is shown to it. Of edited questions and repeated answers the newest is shown. Knows nothing of how they were made.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">Null only in a chat that was cut off.</param>
/// <param name="Beside">Another model's answer to the same.</param>
public sealed record ChatExchange(ChatMessage Question, ChatMessage? Answer, ChatMessage? Beside)
{
    /// <summary>A chat from its first question to its last.</summary>
    public static IReadOnlyList<ChatExchange> Of(ChatDocument chat)
    {
        List<ChatExchange> path = [];
        string? parent = null;
        while (chat.Messages.LastOrDefault(message => message.Role == ChatTurn.User && message.ParentId == parent) is ChatMessage question)
        {
            ChatMessage? answer = chat.Messages.LastOrDefault(message => message.Role == ChatTurn.Assistant && message.ParentId == question.Id && message.Beside is null);
            path.Add(new(question, answer, answer is null ? null : chat.Messages.LastOrDefault(message => message.Beside == answer.Id)));
            if (answer is null) break;
            parent = answer.Id;
        }

        return path;
    }

    /// <summary>What a model is to remember of it.</summary>
    public IEnumerable<ChatTurn> Turns() => Answer is { Text.Length: > 0 } answer ? [new(ChatTurn.User, Question.Text), new(ChatTurn.Assistant, answer.Text)] : [];
}
