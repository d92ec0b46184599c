using System.Text;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>An answer while it is written, for every page that looks at it. Knows nothing of how it is written.</summary>
public sealed class RunningAnswer(string chatId, string messageId, ChatAsker asker)
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private string _phase = "Waiting for its turn";
    private volatile bool _stopping;

    /// <summary>Something is new: on the writer's thread, so be short.</summary>
    public event Action? Changed;

    public string ChatId => chatId;

    public string MessageId => messageId;

    public ChatAsker Asker => asker;

    /// <summary>Somebody has stopped it: no further word is wanted.</summary>
    public bool IsStopping => _stopping;

    /// <summary>What happens before the first token, in words for people.</summary>
    public string Phase
    {
        get { lock (_lock) return _phase; }
    }

    /// <summary>What is written so far.</summary>
    public string Text
    {
        get { lock (_lock) return _text.ToString(); }
    }

    public void Enter(string phase)
    {
        lock (_lock) _phase = phase;
        Changed?.Invoke();
    }

    public void Write(string piece)
    {
        lock (_lock) _text.Append(piece);
        Changed?.Invoke();
    }

    /// <summary>Ends it where it stands.</summary>
    public void Stop() => _stopping = true;
}
