using System.Text;
using System.Text.Json;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads the normalizer, pre-tokenizer and decoder of a tokenizer.json.</summary>
internal static class PipelineReader
{
    public static Normalizer Normalizer(JsonElement node) => node.Type() switch
    {
        "Sequence" => Normalizers.Sequence([.. node.Items("normalizers").Select(Normalizer)]),
        "NFC" => UnicodeNormalization.Form(NormalizationForm.FormC),
        "NFD" => UnicodeNormalization.Form(NormalizationForm.FormD),
        "NFKC" => UnicodeNormalization.Form(NormalizationForm.FormKC),
        "NFKD" => UnicodeNormalization.Form(NormalizationForm.FormKD),
        "Nmt" => Normalizers.Nmt,
        "Lowercase" => Normalizers.Lowercase,
        "StripAccents" => Normalizers.StripAccents,
        "Strip" => Normalizers.Strip(node.Flag("strip_left", true), node.Flag("strip_right", true)),
        "Prepend" => Normalizers.Prepend(node.Text("prepend")),
        "Replace" => Normalizers.Replace(Pattern(node.Need("pattern")), node.Text("content")),
        "ByteLevel" => Normalizers.ByteLevel,
        "BertNormalizer" => Normalizers.Bert(node.Flag("clean_text", true), node.Flag("handle_chinese_chars", true),
            node.Child("strip_accents") is null ? null : node.Flag("strip_accents", false), node.Flag("lowercase", true)),
        _ => throw node.Unknown("a normalizer", "Sequence, NFC, NFD, NFKC, NFKD, Nmt, Lowercase, StripAccents, Strip, Prepend, Replace, ByteLevel, BertNormalizer"),
    };

    /// <param name="node">The pre-tokenizer's node.</param>
    /// <param name="last">Nothing follows, so that ByteLevel may leave the writing of bytes to the vocabulary.</param>
    public static PreTokenizer PreTokenizer(JsonElement node, bool last) => node.Type() switch
    {
        "Sequence" => PreTokenizers.Sequence(Steps(node, last)),
        "ByteLevel" => ByteLevel(node, last),
        "Split" => PreTokenizers.Split(Pattern(node.Need("pattern")), node.Flag("invert", false), Behavior(node)),
        "Digits" => PreTokenizers.Digits(node.Flag("individual_digits", false)),
        "Punctuation" => PreTokenizers.Punctuation(node.Child("behavior") is null ? SplitBehavior.Isolated : Behavior(node)),
        "Whitespace" => PreTokenizers.Whitespace(),
        "WhitespaceSplit" => PreTokenizers.WhitespaceSplit(),
        "CharDelimiterSplit" => PreTokenizers.Split(TextPattern.Literal(node.Text("delimiter")), false, SplitBehavior.Removed),
        "BertPreTokenizer" => PreTokenizers.Bert(),
        "Metaspace" => PreTokenizers.Metaspace(Mark(node), Scheme(node), node.Flag("split", true)),
        _ => throw node.Unknown("a pre-tokenizer", "Sequence, ByteLevel, Split, Digits, Punctuation, Whitespace, WhitespaceSplit, CharDelimiterSplit, BertPreTokenizer, Metaspace"),
    };

    /// <summary>Whether the last thing a pre-tokenizer does is to write bytes.</summary>
    public static bool EndsInBytes(JsonElement node) => node.Type() switch
    {
        "ByteLevel" => true,
        "Sequence" => node.Items("pretokenizers").LastOrDefault() is { ValueKind: JsonValueKind.Object } last && EndsInBytes(last),
        _ => false,
    };

    public static Decoder Decoder(JsonElement node) => node.Type() switch
    {
        "Sequence" => Decoders.Sequence([.. node.Items("decoders").Select(Decoder)]),
        "ByteLevel" => Decoders.ByteLevel,
        "ByteFallback" => Decoders.ByteFallback,
        "Fuse" => Decoders.Fuse,
        "Strip" => Decoders.Strip(One(node.Text("content")), node.Number("start"), node.Number("stop")),
        "Replace" => Decoders.Replace(Pattern(node.Need("pattern")), node.Text("content")),
        "Metaspace" => Decoders.Metaspace(Mark(node), Scheme(node)),
        "WordPiece" => Decoders.WordPiece(node.Text("prefix"), node.Flag("cleanup", true)),
        "BPEDecoder" => Decoders.EndOfWord(node.Text("suffix")),
        _ => throw node.Unknown("a decoder", "Sequence, ByteLevel, ByteFallback, Fuse, Strip, Replace, Metaspace, WordPiece, BPEDecoder"),
    };

    private static List<PreTokenizer> Steps(JsonElement node, bool last)
    {
        List<JsonElement> nodes = [.. node.Items("pretokenizers")];
        return [.. nodes.Select((step, i) => PreTokenizer(step, last && i == nodes.Count - 1))];
    }

    private static PreTokenizer ByteLevel(JsonElement node, bool last)
    {
        PreTokenizer words = PreTokenizers.Gpt2(node.Flag("add_prefix_space", true), node.Flag("use_regex", true));
        return last ? words : PreTokenizers.Sequence([words, PreTokenizers.Bytes]);
    }

    private static TextPattern Pattern(JsonElement pattern) =>
        pattern.ValueKind == JsonValueKind.String ? TextPattern.Literal(pattern.GetString()!)
        : pattern.TextOrNull("String") is string literal ? TextPattern.Literal(literal)
        : TextPattern.Expression(pattern.Text("Regex"));

    private static SplitBehavior Behavior(JsonElement node) => node.Text("behavior") switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        string other => throw new TokenizerException($"splitting in the way of '{other}' is not supported"),
    };

    private static char Mark(JsonElement node) => One(node.Text("replacement"));

    // Older files say add_prefix_space instead of a scheme.
    private static PrependScheme Scheme(JsonElement node) => node.TextOrNull("prepend_scheme") switch
    {
        null => node.Flag("add_prefix_space", true) ? PrependScheme.Always : PrependScheme.Never,
        "always" => PrependScheme.Always,
        "first" => PrependScheme.First,
        "never" => PrependScheme.Never,
        string other => throw new TokenizerException($"the prepend scheme '{other}' is not supported"),
    };

    private static char One(string text) => text.Length == 1 ? text[0] : throw new TokenizerException($"one character is needed, not '{text}'");
}
