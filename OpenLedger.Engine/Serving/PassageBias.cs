using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// Leads a model that was not tuned for it towards quoting: a token that continues a three-token run of a passage gets a bonus on its logit
/// (measured on the starter model: .34 of the answer's runs stand in the right passage, .09 without). Knows nothing of how passages were found.
/// </summary>
public sealed class PassageBias
{
    /// <summary>What was measured best.</summary>
    public const float UsualBonus = 4;

    private readonly Dictionary<(int First, int Second), HashSet<int>> _continuations = [];
    private readonly float _bonus;

    public PassageBias(Tokenizer tokenizer, IEnumerable<string> passages, float bonus = UsualBonus)
    {
        _bonus = bonus;
        foreach (string passage in passages) Add(tokenizer.EncodePlain(" " + passage.Trim()));
    }

    /// <summary>Raises the logits of the tokens that go on with a passage after what was written.</summary>
    public void Apply(Span<float> logits, IReadOnlyList<int> written)
    {
        if (written.Count < 2 || !_continuations.TryGetValue((written[^2], written[^1]), out HashSet<int>? next)) return;
        foreach (int id in next)
            if (id < logits.Length) logits[id] += _bonus;
    }

    private void Add(int[] ids)
    {
        for (int i = 2; i < ids.Length; i++)
        {
            if (!_continuations.TryGetValue((ids[i - 2], ids[i - 1]), out HashSet<int>? next)) _continuations[(ids[i - 2], ids[i - 1])] = next = [];
            next.Add(ids[i]);
        }
    }
}
