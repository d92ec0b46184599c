using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Puts what an answer came to in its place in the chat. Nothing where the chat was removed meanwhile.</summary>
public sealed class KeepMessage(Catalogue catalogue, TimeProvider time)
{
    public void Keep(RunningAnswer running, Func<ChatMessage, ChatMessage> change) => catalogue.Write(c =>
    {
        if (c.Chats.Get(running.ChatId) is not ChatDocument chat) return;
        c.Chats.Put(chat with
        {
            Messages = [.. chat.Messages.Select(message => message.Id == running.MessageId ? change(message) : message)],
            Updated = time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    });

    /// <summary>Says why there is no answer; what was written stays.</summary>
    public void Fail(RunningAnswer running, string why) => Keep(running, message => message with { State = MessageState.Failed, Text = running.Text, Error = why });
}
