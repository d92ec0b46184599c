using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Serving;

/// <summary>One text that the model is reading and writing: its tokens, and keys and values of those already read. Knows nothing of sampling.</summary>
internal sealed class Sequence(LanguageModel model, PromptCache cache, PromptKey key, IReadOnlyList<int> prompt, ServedAdapter? adapter) : IDisposable
{
    /// <summary>Longest stretch read in one step, so that others need not wait for a long prompt.</summary>
    private const int Stretch = 256;

    private readonly List<int> _ids = [.. prompt];
    private readonly KvCache _read = cache.Take(key, prompt) ?? model.NewCache();
    private int? _known;

    /// <summary>Tokens so far, prompt first.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>How many tokens of the prompt were known before.</summary>
    public int KnownAtStart => _known ??= _read.Slots;

    /// <summary>Whether the next step reads the last token, and so gives logits.</summary>
    public bool IsAtEnd => _ids.Count - _read.Slots <= Stretch;

    public void Add(int id) => _ids.Add(id);

    /// <summary>Reads on. The logits after the last token once all is read, null before.</summary>
    public float[]? Step()
    {
        _known ??= _read.Slots;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool last = IsAtEnd;
        long[] next = [.. _ids.Skip(_read.Slots).Take(Stretch).Select(id => (long)id)];
        Tensor hidden = model.Hidden(tensor(next, [1, next.Length]), _read, adapter?.Weights); // [1, tokens, width]
        if (!last) return null;
        Tensor logits = model.Logits(hidden.narrow(1, next.Length - 1, 1), adapter?.Weights); // [1, 1, vocabulary]
        return logits.cpu().to(float32).data<float>().ToArray();
    }

    /// <summary>Gives what was read back to the cache.</summary>
    public void Dispose() => cache.Give(key, _ids, _read);
}
