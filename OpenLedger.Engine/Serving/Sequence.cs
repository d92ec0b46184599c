using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Serving;

/// <summary>One text that the model is reading and writing: its tokens, and keys and values of those already read. Knows nothing of sampling.</summary>
internal sealed class Sequence : IDisposable
{
    /// <summary>Longest stretch read in one step, so that others need not wait for a long prompt.</summary>
    private const int Stretch = 256;

    private readonly LanguageModel _model;
    private readonly ServedAdapter? _adapter;
    private readonly PromptCache _cache;
    private readonly PromptKey _key;
    private readonly List<int> _ids;
    private readonly KvCache _read;
    private bool _isWhole = true; // false while a step may leave some layers ahead of others

    public Sequence(LanguageModel model, PromptCache cache, PromptKey key, IReadOnlyList<int> prompt, ServedAdapter? adapter)
    {
        (_model, _cache, _key, _adapter, _ids) = (model, cache, key, adapter, [.. prompt]);
        _read = cache.Take(key, prompt) ?? model.NewCache();
        KnownAtStart = _read.Slots;
    }

    /// <summary>Tokens so far, prompt first.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>How many tokens of the prompt were known before.</summary>
    public int KnownAtStart { get; }

    /// <summary>Whether the next step reads the last token, and so gives logits.</summary>
    public bool IsAtEnd => _ids.Count - _read.Slots <= Stretch;

    public void Add(int id) => _ids.Add(id);

    /// <summary>Reads on. The logits after the last token once all is read, null before.</summary>
    public float[]? Step()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        bool last = IsAtEnd;
        long[] next = [.. _ids.Skip(_read.Slots).Take(Stretch).Select(id => (long)id)];
        _isWhole = false;
        Tensor hidden = _model.Hidden(tensor(next, [1, next.Length]), _read, _adapter?.Weights); // [1, tokens, width]
        _isWhole = true;
        if (!last) return null;
        Tensor logits = _model.Logits(hidden.narrow(1, next.Length - 1, 1), _adapter?.Weights); // [1, 1, vocabulary]
        return logits.cpu().to(float32).data<float>().ToArray();
    }

    /// <summary>Gives what was read back to the cache, unless a step broke off within it.</summary>
    public void Dispose()
    {
        if (_isWhole) _cache.Give(_key, _ids, _read);
        else _read.Dispose();
    }
}
