using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads a tokenizer.json. What stands in it and is not known is refused, never skipped; truncation and padding are the caller's business.</summary>
internal static class TokenizerJson
{
    private const long LargestFile = 256 << 20;

    /// <exception cref="TokenizerException">Not a tokenizer.json, or one with unknown parts.</exception>
    public static TokenizerParts Read(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > LargestFile) throw new TokenizerException($"'{Path.GetFileName(path)}' has {length} bytes; a tokenizer.json may have {LargestFile}");
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new TokenizerException($"'{Path.GetFileName(path)}' is no JSON: {broken.Message}", broken);
        }
    }

    /// <param name="json">A whole tokenizer.json, in UTF-8.</param>
    /// <exception cref="TokenizerException">Not a tokenizer.json, or one with unknown parts.</exception>
    public static TokenizerParts Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Reads one added token, whose number may stand elsewhere.</summary>
    public static AddedToken ReadAddedToken(int id, JsonElement token) => new(id, token.Text("content"))
    {
        SingleWord = token.Flag("single_word", false),
        LeftStrip = token.Flag("lstrip", false),
        RightStrip = token.Flag("rstrip", false),
        Normalized = token.Flag("normalized", !token.Flag("special", false)),
        Special = token.Flag("special", false),
    };

    private static TokenizerParts Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new TokenizerException("a tokenizer.json is one JSON object");
        JsonElement? preTokenizer = root.Child("pre_tokenizer");
        return new TokenizerParts(VocabularyReader.Read(root.Need("model")))
        {
            AddedTokens = [.. root.Items("added_tokens").Select(token => ReadAddedToken(token.Number("id"), token))],
            Normalizer = root.Child("normalizer") is JsonElement normalizer ? PipelineReader.Normalizer(normalizer) : null,
            PreTokenizer = preTokenizer is null ? null : PipelineReader.PreTokenizer(preTokenizer.Value, last: true),
            WritesBytes = preTokenizer is not null && PipelineReader.EndsInBytes(preTokenizer.Value),
            PostProcessor = root.Child("post_processor") is JsonElement post ? PostProcessorReader.Read(post) : null,
            Decoder = root.Child("decoder") is JsonElement decoder ? PipelineReader.Decoder(decoder) : null,
        };
    }
}
