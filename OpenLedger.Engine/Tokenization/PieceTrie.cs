namespace OpenLedger.Engine.Tokenization;

/// <summary>Finds every token that a text begins with, at any position. Knows nothing of scores.</summary>
internal sealed class PieceTrie
{
    private readonly Dictionary<(int Node, char Unit), int> _children = [];
    private readonly List<int> _ids = [-1];

    public void Add(string text, int id)
    {
        if (text.Length == 0) return;
        int node = 0;
        foreach (char unit in text)
        {
            if (!_children.TryGetValue((node, unit), out int child))
            {
                child = _ids.Count;
                _ids.Add(-1);
                _children[(node, unit)] = child;
            }
            node = child;
        }
        _ids[node] = id;
    }

    /// <summary>Lengths (in UTF-16 units) and ids of the tokens that start at <paramref name="at"/>, shortest first.</summary>
    public IEnumerable<(int Length, int Id)> Prefixes(string text, int at)
    {
        int node = 0;
        for (int i = at; i < text.Length && _children.TryGetValue((node, text[i]), out node); i++)
            if (_ids[node] >= 0) yield return (i - at + 1, _ids[node]);
    }
}
