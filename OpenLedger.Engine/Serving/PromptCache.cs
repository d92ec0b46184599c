using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// Keeps the keys and values of recent prompts, so that a conversation's next turn reads only what is new. An entry is lent to one generation
/// and given back by it. Safe to share between threads.
/// </summary>
internal sealed class PromptCache(int mostTokens) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = []; // latest first
    private bool _closed;

    private sealed record Entry(PromptKey Key, int[] Ids, KvCache Cache);

    /// <summary>The cache that shares the longest beginning with a prompt, cut to it; null if none shares any. It always leaves a token to read.</summary>
    public KvCache? Take(PromptKey key, IReadOnlyList<int> prompt)
    {
        lock (_lock)
        {
            LinkedListNode<Entry>? best = null;
            int longest = 0;
            for (LinkedListNode<Entry>? node = _entries.First; node is not null; node = node.Next)
                if (node.Value.Key == key && Common(node.Value.Ids, prompt) is int common && common > longest) (best, longest) = (node, common);
            if (best is null) return null;
            _entries.Remove(best);
            best.Value.Cache.Truncate(longest);
            return best.Value.Cache;
        }
    }

    /// <summary>Takes a cache over, with the tokens it has read.</summary>
    public void Give(PromptKey key, IReadOnlyList<int> ids, KvCache cache)
    {
        lock (_lock)
        {
            if (_closed || cache.Slots == 0) { cache.Dispose(); return; }
            _entries.AddFirst(new Entry(key, [.. ids.Take(cache.Slots)], cache));
            int tokens = 0;
            for (LinkedListNode<Entry>? node = _entries.First, next; node is not null; node = next)
            {
                next = node.Next;
                tokens += node.Value.Cache.Slots;
                if (tokens <= mostTokens) continue;
                _entries.Remove(node);
                node.Value.Cache.Dispose();
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (Entry entry in _entries) entry.Cache.Dispose();
            _entries.Clear();
        }
    }

    public void Dispose()
    {
        lock (_lock) _closed = true;
        Clear();
    }

    private static int Common(int[] ids, IReadOnlyList<int> prompt)
    {
        int most = Math.Min(ids.Length, prompt.Count - 1), common = 0;
        while (common < most && ids[common] == prompt[common]) common++;
        return common;
    }
}
