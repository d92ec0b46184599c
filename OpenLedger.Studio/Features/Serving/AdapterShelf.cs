using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Adapters in memory, the least recently used dropped first; what is lent stays. Knows nothing of files.</summary>
/// <param name="most">So many stay when nobody uses them. Default 4.</param>
internal sealed class AdapterShelf(int most = 4) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ShelvedAdapter> _shelf = []; // least recently used first

    /// <summary>Lends the adapter with these weights, read where it is not here. Others wait meanwhile: reading takes a fraction of a second.</summary>
    public ShelvedAdapter Take(Sha256Hash hash, Func<ServedAdapter> read)
    {
        lock (_lock)
        {
            ShelvedAdapter taken = _shelf.Find(one => one.Adapter.Hash == hash) ?? new ShelvedAdapter(read());
            taken.Lent++;
            _shelf.Remove(taken);
            _shelf.Add(taken);
            DropUnused();
            return taken;
        }
    }

    public void GiveBack(ShelvedAdapter adapter)
    {
        lock (_lock)
        {
            adapter.Lent--;
            DropUnused();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (ShelvedAdapter one in _shelf) one.Adapter.Weights.Dispose();
            _shelf.Clear();
        }
    }

    private void DropUnused()
    {
        while (_shelf.Count > most && _shelf.Find(one => one.Lent == 0) is ShelvedAdapter unused)
        {
            _shelf.Remove(unused);
            unused.Adapter.Weights.Dispose();
        }
    }
}

/// <summary>An adapter in memory, and for how many answers it is lent.</summary>
internal sealed class ShelvedAdapter(ServedAdapter adapter)
{
    public ServedAdapter Adapter { get; } = adapter;

    public int Lent { get; set; }
}
