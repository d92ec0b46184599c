namespace OpenLedger.Engine.Tokenization;

/// <summary>The pre-tokenizers that GGUF files name in <c>tokenizer.ggml.pre</c>, each as its checkpoint's tokenizer.json spells it.</summary>
internal static class GgufPreTokenizer
{
    internal const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    internal const string Qwen2 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    internal const string DeepSeek3 = @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    internal const string O200k = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    // Mistral's tekken, and the two older DeepSeek vocabularies, as llama.cpp's llama-vocab.cpp quotes them.
    internal const string Tekken = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    internal static readonly string[] DeepSeekLlm =
    [
        "[\\r\\n]",
        "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1F7Dᾀ-ᾴᾶ-ᾼ\u1FBEῂ-ῄῆ-ῌῐ-\u1FD3ῖ-\u1FDBῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212A-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+",
        "\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+",
        "\\s+$",
        "[一-龥ࠀ-一가-\uD7FF]+",
        "\\p{N}+",
    ];

    internal static readonly string[] DeepSeekCoder = ["[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-\uD7FF]+", "\\p{N}"];

    internal const string Bloom = @" ?[^(\s|[.,!?…。，、।۔،])]+";
    internal const string Triples = "[0-9][0-9][0-9]";
    internal const string Numbers = @"\p{N}{1,3}", Ideographs = "[一-龥぀-ゟ゠-ヿ]+";

    /// <exception cref="TokenizerException">A name that is not known: guessing one would give wrong tokens silently.</exception>
    public static PreTokenizer Find(string name) => name switch
    {
        "default" or "gpt-2" or "mpt" or "olmo" or "phi-2" or "jais" => PreTokenizers.Gpt2(false, true),
        "smollm" or "starcoder" or "refact" or "command-r" or "codeshell" or "exaone" or "minerva-7b" => PreTokenizers.Sequence([PreTokenizers.Digits(true), PreTokenizers.Gpt2(false, true)]),
        "llama-bpe" or "llama3" or "llama-v3" or "falcon3" or "dbrx" or "smaug-bpe" or "chatglm-bpe" or "glm4" => Isolated(Llama3),
        "qwen2" or "deepseek-r1-qwen" or "stablelm2" or "megrez" => Isolated(Qwen2),
        "deepseek-v3" => PreTokenizers.Sequence([Isolated(Numbers), Isolated(Ideographs), Isolated(DeepSeek3)]),
        "deepseek-llm" => PreTokenizers.Sequence([.. DeepSeekLlm.Select(Isolated)]),
        "deepseek-coder" => PreTokenizers.Sequence([.. DeepSeekCoder.Select(Isolated)]),
        "tekken" => Isolated(Tekken),
        "gpt-4o" or "llama4" => Isolated(O200k),
        "bloom" or "poro-chat" or "gpt3-finnish" => Isolated(Bloom),
        "falcon" => PreTokenizers.Sequence([PreTokenizers.Punctuation(SplitBehavior.Contiguous), PreTokenizers.Gpt2(false, true), PreTokenizers.Bytes, PreTokenizers.Digits(false), Isolated(Triples)]),
        _ => throw new TokenizerException($"the vocabulary cuts words in the way of '{name}', which is not known; import the model with its tokenizer.json"),
    };

    /// <summary>Whether bytes are written in the middle of the cutting, as Falcon does, instead of after it.</summary>
    public static bool WritesBytes(string name) => name == "falcon";

    /// <summary>Whether a piece that is itself a token is that token, whatever the merges say.</summary>
    public static bool IgnoresMerges(string name) => name is "llama-bpe" or "llama3" or "llama-v3" or "falcon3" or "tekken";

    /// <summary>Whether the checkpoint's tokenizer composes characters first (NFC).</summary>
    public static bool Composes(string name) => name is "qwen2" or "deepseek-r1-qwen" or "megrez";

    private static PreTokenizer Isolated(string pattern) => PreTokenizers.Split(TextPattern.Expression(pattern), false, SplitBehavior.Isolated);
}
