using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>What an owner changes in a chat without asking anything: its settings, a verdict, its end. What is not theirs is left alone.</summary>
public sealed class ChangeChat(Catalogue catalogue, RunningAnswers running)
{
    public void Set(ChatAsker asker, string chatId, ChatSettings settings) => Change(asker, chatId, chat => chat with { Settings = settings });

    /// <summary>Good, bad, or neither any more.</summary>
    public void Judge(ChatAsker asker, string chatId, string messageId, bool? good) =>
        Change(asker, chatId, chat => chat with { Messages = [.. chat.Messages.Select(message => message.Id == messageId ? message with { IsGood = good } : message)] });

    /// <summary>Ends an answer where it stands.</summary>
    public void Stop(ChatAsker asker, string messageId)
    {
        if (running.Find(messageId) is RunningAnswer answer && asker.Owns(answer.Asker.Key)) answer.Stop();
    }

    /// <summary>Receipts stay: they are records of what was paid.</summary>
    public void Remove(ChatAsker asker, string chatId)
    {
        ChatDocument? gone = catalogue.Write(c => c.Chats.Get(chatId) is ChatDocument chat && asker.Owns(chat.Owner) && c.Chats.Remove(chatId) ? chat : null);
        foreach (ChatMessage message in gone?.Messages ?? []) Stop(asker, message.Id);
    }

    private void Change(ChatAsker asker, string chatId, Func<ChatDocument, ChatDocument> change) => catalogue.Write(c =>
    {
        if (c.Chats.Get(chatId) is ChatDocument chat && asker.Owns(chat.Owner)) c.Chats.Put(change(chat));
    });
}
