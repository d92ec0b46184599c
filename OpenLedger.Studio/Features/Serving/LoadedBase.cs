using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>A base in memory with its generator. Knows no adapter.</summary>
internal sealed class LoadedBase : IDisposable
{
    private readonly Lock _lock = new();
    private int _lent;
    private bool _dropped;

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

    /// <summary>Stays in memory until it is given back.</summary>
    public void Lend()
    {
        lock (_lock) _lent++;
    }

    public void GiveBack()
    {
        lock (_lock)
            if (--_lent > 0 || !_dropped) return;
        Dispose();
    }

    /// <summary>Leaves memory once nobody answers with it any more.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            if (_dropped) return;
            _dropped = true;
            if (_lent > 0) return;
        }
        Dispose();
    }

    public void Dispose()
    {
        Client.Dispose();
        Generator.Dispose();
        Chat.Dispose();
    }
}
