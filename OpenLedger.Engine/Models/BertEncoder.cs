using OpenLedger.Engine.Tensors;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Turns token ids into one vector of length 1 a text: a BERT encoder, then the mean over the tokens. Knows nothing of text.</summary>
internal sealed class BertEncoder : IDisposable
{
    private readonly BertWeights _weights;
    private readonly Tensor _words;       // [vocabulary, width]
    private readonly Tensor _positions;   // [positions, width], with the row of token type 0 added: one segment is all there is
    private readonly BertNorm _norm;
    private readonly BertLayer[] _layers;
    private readonly Device _device;

    private BertEncoder(BertWeights weights, BertConfig config, long vocabulary, Device device)
    {
        _weights = weights;
        _device = device;
        Config = config;
        _words = weights.Get("embeddings.word_embeddings.weight", vocabulary, config.Width);
        _positions = Positions(weights, config);
        _norm = new(weights, "embeddings.LayerNorm", config);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(index => new BertLayer(weights, index, config))];
    }

    public BertConfig Config { get; }

    /// <summary>Reads a folder with <c>config.json</c> and <c>model.safetensors</c>.</summary>
    public static BertEncoder Load(string folder, Device device)
    {
        BertConfig config = BertConfig.Read(folder);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        BertWeights weights = new(file, device);
        try
        {
            return new(weights, config, file.Require("embeddings.word_embeddings.weight").Shape[0], device);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>One vector a text, in their order. The texts are run as one batch, padded to the longest.</summary>
    /// <param name="texts">Token ids with the special tokens in place; none empty, none longer than the positions.</param>
    public float[][] Embed(IReadOnlyList<int[]> texts)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        int longest = texts.Max(text => text.Length);
        Tensor ids = tensor(Padded(texts, longest), [texts.Count, longest], device: _device);
        bool padded = texts.Any(text => text.Length != longest);
        Tensor lengths = tensor(texts.Select(text => (long)text.Length).ToArray(), [texts.Count, 1], device: _device);
        Tensor? real = padded ? arange(longest, device: _device).unsqueeze(0) < lengths : null;        // [batch, tokens]
        Tensor mean = Mean(Hidden(ids, real), real, lengths);                                          // [batch, width]
        float[] flat = (mean / mean.norm(1, keepdim: true, p: 2).clamp_min(1e-12)).cpu().data<float>().ToArray();
        return [.. Enumerable.Range(0, texts.Count).Select(i => flat.AsSpan(i * Config.Width, Config.Width).ToArray())];
    }

    public void Dispose() => _weights.Dispose();

    // [batch, tokens] to [batch, tokens, width]
    private Tensor Hidden(Tensor ids, Tensor? real)
    {
        using var scope = NewDisposeScope();
        long batch = ids.shape[0], tokens = ids.shape[1];
        Tensor? mask = real is null ? null : zeros(batch, 1, 1, tokens, device: _device).masked_fill(real.logical_not().view(batch, 1, 1, tokens), float.NegativeInfinity);
        Tensor words = _words.index_select(0, ids.flatten()).view(batch, tokens, Config.Width);
        Tensor hidden = _norm.Of(words + _positions.narrow(0, 0, tokens));
        foreach (BertLayer layer in _layers) hidden = layer.Forward(hidden, mask);
        return hidden.MoveToOuterDisposeScope();
    }

    private static Tensor Mean(Tensor hidden, Tensor? real, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        Tensor counted = real is null ? hidden : hidden * real.unsqueeze(-1);
        return (counted.sum(1) / lengths).MoveToOuterDisposeScope();
    }

    private static Tensor Positions(BertWeights weights, BertConfig config)
    {
        using var scope = NewDisposeScope();
        Tensor positions = weights.Get("embeddings.position_embeddings.weight", config.Positions, config.Width);
        Tensor types = weights.Get("embeddings.token_type_embeddings.weight", 2, config.Width);
        return weights.Own(positions + types.narrow(0, 0, 1));
    }

    private static long[] Padded(IReadOnlyList<int[]> texts, int longest)
    {
        long[] flat = new long[texts.Count * longest];
        for (int i = 0; i < texts.Count; i++)
            for (int t = 0; t < texts[i].Length; t++)
                flat[i * longest + t] = texts[i][t];
        return flat;
    }
}
