using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>After a crash: answers that nobody writes any more say so, instead of looking as if somebody did.</summary>
public sealed class MendCutAnswers(Catalogue catalogue) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        catalogue.Write(c =>
        {
            foreach (ChatDocument chat in c.Chats.All().Where(chat => chat.Messages.Any(IsCut)))
                c.Chats.Put(chat with { Messages = [.. chat.Messages.Select(message => IsCut(message) ? message with { State = MessageState.Failed, Error = "The Studio ended while it answered. Nothing was charged: ask again." } : message)] });
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsCut(ChatMessage message) => message.State is MessageState.Waiting or MessageState.Streaming;
}
