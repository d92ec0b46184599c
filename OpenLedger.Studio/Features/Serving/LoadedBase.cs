using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>A base in memory with its generator. Knows no adapter.</summary>
internal sealed class LoadedBase : IDisposable
{
    private LoadedBase(ChatModel chat, string id, TimeProvider time)
    {
        Chat = chat;
        Generator = new TextGenerator(chat.Model, chat.Tokenizer, chat.Dialect.StopTokens, new(), time);
        Client = new EngineChatClient(chat, Generator, id);
    }

    public ChatModel Chat { get; }

    public TextGenerator Generator { get; }

    public EngineChatClient Client { get; }

    public static LoadedBase Load(string path, string id, TimeProvider time) => new(ChatModel.Load(path), id, time);

    public void Dispose()
    {
        Client.Dispose();
        Generator.Dispose();
        Chat.Dispose();
    }
}
