using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>A base in memory with its generator. Knows no adapter.</summary>
internal sealed class LoadedBase : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private int _lent;
    private bool _dropped;

    private LoadedBase(ChatModel chat, string id, TimeProvider time)
    {
        (Chat, _time) = (chat, time);
        Generator = new TextGenerator(chat.Model, chat.Tokenizer, chat.Dialect.StopTokens, new(), time);
        Client = new EngineChatClient(chat, Generator, id);
    }

    public ChatModel Chat { get; }

    public TextGenerator Generator { get; }

    public EngineChatClient Client { get; }

    /// <param name="path">A GGUF file or a folder.</param>
    /// <param name="id">Of its document.</param>
    /// <param name="bytes">What it takes of the machine's memory.</param>
    /// <param name="time">For the times in an answer's summary.</param>
    public static LoadedBase Load(string path, string id, long bytes, TimeProvider time) => new(ChatModel.Load(path), id, time) { Bytes = bytes };

    /// <summary>What it takes of the machine's memory, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it was lent last, as the clock's timestamp.</summary>
    public long LastLent { get; private set; }

    public bool IsIdle
    {
        get
        {
            lock (_lock) return _lent == 0;
        }
    }

    /// <summary>Keeps it in memory until it is given back; false where it has left already.</summary>
    public bool TryLend()
    {
        lock (_lock)
        {
            if (_dropped) return false;
            _lent++;
            LastLent = _time.GetTimestamp();
            return true;
        }
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
