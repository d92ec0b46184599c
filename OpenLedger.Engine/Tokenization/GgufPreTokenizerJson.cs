using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenLedger.Engine.Tokenization;

/// <summary>The pre-tokenizers of <see cref="GgufPreTokenizer"/> as a tokenizer.json spells them, and which of them a tokenizer.json means. Reads no file.</summary>
internal static class GgufPreTokenizerJson
{
    // One name of each way; a file that means the same under another name gets this one, which llama.cpp knows too.
    private static readonly string[] Ways = ["gpt-2", "smollm", "llama-bpe", "qwen2", "deepseek-v3", "gpt-4o", "bloom", "falcon", "tekken", "deepseek-llm", "deepseek-coder"];

    // Where the ways differ: digits, runs of spaces, contractions, case, punctuation, scripts, line ends.
    private const string Probe = "Hello  world's 12345 I'LL don't\r\n\n  x=3.14; ÀÉ naïve 東京です。今日は 한국어 ٣٤٥ HTTPServer camelCase…\t(a|b)! e\u0301 \u00a0🙂.\n ";

    /// <summary>The node of a kind.</summary>
    /// <exception cref="TokenizerException">The kind is not known.</exception>
    public static JsonObject Of(string kind) => kind switch
    {
        "default" or "gpt-2" or "mpt" or "olmo" or "phi-2" or "jais" => Words(),
        "smollm" or "starcoder" or "refact" or "command-r" or "codeshell" or "exaone" or "minerva-7b" => Sequence(Digits(), Words()),
        "llama-bpe" or "llama3" or "llama-v3" or "falcon3" or "dbrx" or "smaug-bpe" or "chatglm-bpe" or "glm4" => Sequence(Split(GgufPreTokenizer.Llama3), Bytes()),
        "qwen2" or "deepseek-r1-qwen" or "stablelm2" or "megrez" => Sequence(Split(GgufPreTokenizer.Qwen2), Bytes()),
        "deepseek-v3" => Sequence(Split(GgufPreTokenizer.Numbers), Split(GgufPreTokenizer.Ideographs), Split(GgufPreTokenizer.DeepSeek3), Bytes()),
        "deepseek-llm" => Sequence([.. GgufPreTokenizer.DeepSeekLlm.Select(Split), Bytes()]),
        "deepseek-coder" => Sequence([.. GgufPreTokenizer.DeepSeekCoder.Select(Split), Bytes()]),
        "tekken" => Sequence(Split(GgufPreTokenizer.Tekken), Bytes()),
        "gpt-4o" or "llama4" => Sequence(Split(GgufPreTokenizer.O200k), Bytes()),
        "bloom" or "poro-chat" or "gpt3-finnish" => Sequence(Split(GgufPreTokenizer.Bloom), Bytes()),
        "falcon" => Sequence(new JsonObject { ["type"] = "Punctuation", ["behavior"] = "Contiguous" }, Words(), new JsonObject { ["type"] = "Digits", ["individual_digits"] = false }, Split(GgufPreTokenizer.Triples)),
        _ => throw new TokenizerException($"the vocabulary cuts words in the way of '{kind}', which has no form in a tokenizer.json here"),
    };

    /// <summary>The kind that cuts as this tokenizer does; null where none does.</summary>
    public static string? KindOf(TokenizerParts parts)
    {
        if (parts.PreTokenizer is not { } own) return null;
        string cut = Cut(own), composed = Composed(parts.Normalizer);
        return Ways.FirstOrDefault(kind => Cut(GgufPreTokenizer.Find(kind)) == cut && composed == Composed(GgufPreTokenizer.Composes(kind) ? UnicodeNormalization.Form(System.Text.NormalizationForm.FormC) : null));
    }

    private static string Cut(PreTokenizer way)
    {
        List<Piece> pieces = [];
        way(Piece.All(AlignedText.Of(Probe)), pieces);
        return string.Join('\0', pieces.Select(piece => piece.Span.ToString()));
    }

    private static string Composed(Normalizer? normalizer) => normalizer is null ? Probe : normalizer(AlignedText.Of(Probe)).Value;

    private static JsonObject Sequence(params JsonNode[] steps) => new() { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(steps) };

    private static JsonObject Words() => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true };

    private static JsonObject Bytes() => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false };

    private static JsonObject Digits() => new() { ["type"] = "Digits", ["individual_digits"] = true };

    private static JsonObject Split(string pattern) => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = pattern },
        ["behavior"] = "Isolated",
        ["invert"] = false,
    };
}
