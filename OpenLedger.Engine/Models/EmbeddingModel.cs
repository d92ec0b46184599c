using System.Text.Json;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tokenization;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>
/// Turns sentences and short paragraphs into vectors whose dot product is how near they are in meaning: all-MiniLM-L6-v2 and its like. Knows nothing of indexes.
/// </summary>
/// <remarks>Read from the folder that sentence-transformers writes. Safe for use by several threads at once.</remarks>
public sealed class EmbeddingModel : IDisposable
{
    // Enough texts to fill the cores, few enough that padding to the longest of a batch, sorted by length, wastes little.
    private const int BatchTexts = 32;

    private readonly BertEncoder _encoder;
    private readonly Tokenizer _tokenizer;
    private readonly int _first;
    private readonly int _last;

    private EmbeddingModel(BertEncoder encoder, Tokenizer tokenizer, int maxTokens, Sha256Hash hash)
    {
        _encoder = encoder;
        _tokenizer = tokenizer;
        _first = SpecialToken(tokenizer, "[CLS]");
        _last = SpecialToken(tokenizer, "[SEP]");
        MaxTokens = Math.Min(maxTokens, encoder.Config.Positions);
        Hash = hash;
    }

    /// <summary>Numbers in a vector.</summary>
    public int Width => _encoder.Config.Width;

    /// <summary>Tokens of a text that are read, the two special ones included; what comes after is not seen.</summary>
    public int MaxTokens { get; }

    /// <summary>SHA-256 of the weights' file: vectors of two models cannot be compared.</summary>
    public Sha256Hash Hash { get; }

    /// <summary>Reads <c>config.json</c>, <c>model.safetensors</c>, <c>tokenizer.json</c> and <c>sentence_bert_config.json</c>.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="device">Where it runs; the CPU if not said.</param>
    /// <exception cref="ModelException">The folder holds another kind of model.</exception>
    public static EmbeddingModel Load(string folder, Device? device = null)
    {
        BertEncoder encoder = BertEncoder.Load(folder, device ?? CPU);
        try
        {
            return new(encoder, Tokenizer.FromJson(Path.Combine(folder, "tokenizer.json")), LongestIn(folder), HashOf(Path.Combine(folder, "model.safetensors")));
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>One vector of length 1 for each text, in their order.</summary>
    /// <param name="texts">Any texts; an empty one has a vector too.</param>
    /// <param name="cancel">Looked at between batches.</param>
    public float[][] Embed(IReadOnlyList<string> texts, CancellationToken cancel = default)
    {
        int[][] ids = [.. texts.Select(IdsOf)];
        float[][] vectors = new float[texts.Count][];
        foreach (int[] batch in Enumerable.Range(0, ids.Length).OrderBy(i => ids[i].Length).Chunk(BatchTexts))
        {
            cancel.ThrowIfCancellationRequested();
            float[][] made = _encoder.Embed([.. batch.Select(i => ids[i])]);
            for (int i = 0; i < batch.Length; i++) vectors[batch[i]] = made[i];
        }

        return vectors;
    }

    /// <summary>How many tokens a text has, without the special ones: the measure that passages are cut by.</summary>
    public int CountTokens(string text) => _tokenizer.Encode(text).Length;

    public void Dispose() => _encoder.Dispose();

    private int[] IdsOf(string text)
    {
        int[] ids = _tokenizer.Encode(text);
        return [_first, .. ids.AsSpan(0, Math.Min(ids.Length, MaxTokens - 2)), _last];
    }

    private static int SpecialToken(Tokenizer tokenizer, string token) =>
        tokenizer.TokenId(token) ?? throw new ModelException($"the tokenizer has no {token}: it belongs to another kind of model");

    private static int LongestIn(string folder)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "sentence_bert_config.json")));
        return file.RootElement.GetProperty("max_seq_length").GetInt32();
    }

    private static Sha256Hash HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256Hash.FromDigest(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
