using OpenLedger.Engine.Serving;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>A model lent for one answer: it stays in memory until this is disposed. Knows nothing of the answer.</summary>
public sealed class ModelLease : IDisposable
{
    private readonly LoadedBase _loaded;
    private Action? _giveBack;

    internal ModelLease(LoadedBase loaded, ModelDocument root, ServedAdapter? adapter, Action? giveBack)
    {
        (_loaded, Base, Adapter, _giveBack) = (loaded, root, adapter, giveBack);
    }

    /// <summary>The base under it.</summary>
    public ModelDocument Base { get; }

    /// <summary>Null where the base answers alone.</summary>
    public ServedAdapter? Adapter { get; }

    public ChatModel Chat => _loaded.Chat;

    public TextGenerator Generator => _loaded.Generator;

    public EngineChatClient Client => _loaded.Client;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
