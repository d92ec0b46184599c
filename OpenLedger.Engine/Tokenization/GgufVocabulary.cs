using System.Text;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads the vocabulary in a GGUF file's metadata (<c>tokenizer.ggml.*</c>): byte-level BPE, or SentencePiece's BPE with scores.</summary>
internal static class GgufVocabulary
{
    private const int UnknownToken = 2, ControlToken = 3, UserToken = 4, UnusedToken = 5; // llama.cpp's llama_token_type

    private const char Mark = '▁';

    /// <exception cref="TokenizerException">No vocabulary, or one of an unknown kind.</exception>
    public static TokenizerParts Read(GgufFile file) => file.Text("tokenizer.ggml.model") switch
    {
        "gpt2" => ReadByteLevel(file),
        "llama" => ReadSentencePiece(file),
        null => throw new TokenizerException($"'{Path.GetFileName(file.Path)}' carries no vocabulary"),
        string other => throw new TokenizerException($"'{Path.GetFileName(file.Path)}' carries a vocabulary of kind '{other}'; supported are gpt2 and llama"),
    };

    private static TokenizerParts ReadByteLevel(GgufFile file)
    {
        string[] tokens = Tokens(file);
        string kind = file.Text("tokenizer.ggml.pre") ?? "default";
        IEnumerable<(string, string)> merges = Need<string[]>(file, "tokenizer.ggml.merges").Select(SplitMerge);
        return new TokenizerParts(new BpeModel(Used(file, tokens), merges, new BpeOptions { IgnoreMerges = GgufPreTokenizer.IgnoresMerges(kind) }))
        {
            AddedTokens = AddedTokens(file, tokens),
            Normalizer = GgufPreTokenizer.Composes(kind) ? UnicodeNormalization.Form(NormalizationForm.FormC) : null,
            PreTokenizer = GgufPreTokenizer.Find(kind),
            WritesBytes = !GgufPreTokenizer.WritesBytes(kind),
            PostProcessor = Around(file, tokens, beginsByDefault: false),
            Decoder = Decoders.ByteLevel,
        };
    }

    private static TokenizerParts ReadSentencePiece(GgufFile file)
    {
        string[] tokens = Tokens(file);
        float[] scores = Need<float[]>(file, "tokenizer.ggml.scores");
        if (scores.Length != tokens.Length) throw new TokenizerException($"{tokens.Length} tokens have {scores.Length} scores");
        bool prefix = file.Flag("tokenizer.ggml.add_space_prefix") ?? true;
        TextPattern space = TextPattern.Literal(" "), mark = TextPattern.Literal(Mark.ToString());
        Normalizer spaces = Normalizers.Replace(space, Mark.ToString());
        List<Decoder> decoders = [Decoders.Replace(mark, " "), Decoders.ByteFallback, Decoders.Fuse];
        if (prefix) decoders.Add(Decoders.Strip(' ', 1, 0));
        int unknown = (int)(file.Integer("tokenizer.ggml.unknown_token_id") ?? 0);
        return new TokenizerParts(new BpeModel(Used(file, tokens), MergesByScore(tokens, scores, Used(file, tokens)), new BpeOptions { UnknownToken = At(tokens, unknown), FuseUnknown = true, ByteFallback = true }))
        {
            AddedTokens = AddedTokens(file, tokens),
            Normalizer = prefix ? Normalizers.Sequence([Normalizers.Prepend(Mark.ToString()), spaces]) : spaces,
            PostProcessor = Around(file, tokens, beginsByDefault: true),
            Decoder = Decoders.Sequence(decoders),
        };
    }

    // SentencePiece joins the pair whose result scores best: every way to make a token becomes a merge, best score first, longer sides first.
    internal static IEnumerable<(string Left, string Right)> MergesByScore(string[] tokens, float[] scores, Dictionary<string, int> index)
    {
        List<(string Left, string Right, float Score)> merges = [];
        for (int id = 0; id < tokens.Length; id++)
        {
            string token = tokens[id];
            if (!index.ContainsKey(token)) continue;
            for (int cut = 1; cut < token.Length; cut++)
                if (index.ContainsKey(token[..cut]) && index.ContainsKey(token[cut..])) merges.Add((token[..cut], token[cut..], scores[id]));
        }
        return merges.OrderByDescending(merge => merge.Score).ThenByDescending(merge => merge.Left.Length).ThenByDescending(merge => merge.Right.Length)
            .Select(merge => (merge.Left, merge.Right));
    }

    private static List<AddedToken> AddedTokens(GgufFile file, string[] tokens)
    {
        List<AddedToken> added = [];
        int[] kinds = Kinds(file);
        for (int id = 0; id < Math.Min(tokens.Length, kinds.Length); id++)
            if (kinds[id] is UnknownToken or ControlToken or UserToken) added.Add(new AddedToken(id, tokens[id]) { Special = kinds[id] != UserToken });
        return added;
    }

    private static PostProcessor? Around(GgufFile file, string[] tokens, bool beginsByDefault)
    {
        List<TemplatePart> parts = [];
        if (file.Flag("tokenizer.ggml.add_bos_token") ?? beginsByDefault) parts.Add(Marker(file, tokens, "tokenizer.ggml.bos_token_id"));
        parts.Add(new TemplatePart(null, 0, 0));
        if (file.Flag("tokenizer.ggml.add_eos_token") ?? false) parts.Add(Marker(file, tokens, "tokenizer.ggml.eos_token_id"));
        return parts.Count == 1 ? null : PostProcessors.Template(parts, [.. parts, new TemplatePart(null, 1, 1)]);
    }

    private static TemplatePart Marker(GgufFile file, string[] tokens, string key)
    {
        int id = (int)(file.Integer(key) ?? throw new TokenizerException($"the file wants a token put in, but lacks '{key}'"));
        return new TemplatePart([(id, At(tokens, id))], 0, 0);
    }

    private static string At(string[] tokens, int id) => id >= 0 && id < tokens.Length ? tokens[id] : throw new TokenizerException($"the file names token {id}, but has {tokens.Length}");

    private static string[] Tokens(GgufFile file) => Need<string[]>(file, "tokenizer.ggml.tokens");

    private static T Need<T>(GgufFile file, string key) where T : class =>
        file.Metadata.GetValueOrDefault(key) as T ?? throw new TokenizerException($"'{Path.GetFileName(file.Path)}' lacks '{key}'");

    /// <summary>The ids of all tokens but those that only fill the list up to the embedding's rows: nobody writes them, and where a model says one it says nothing, as in llama.cpp.</summary>
    internal static Dictionary<string, int> Used(GgufFile file, string[] tokens)
    {
        int[] kinds = Kinds(file);
        Dictionary<string, int> index = new(tokens.Length, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Length; id++)
            if (id >= kinds.Length || kinds[id] != UnusedToken) index[tokens[id]] = id;
        return index;
    }

    private static int[] Kinds(GgufFile file) => file.Metadata.GetValueOrDefault("tokenizer.ggml.token_type") as int[] ?? [];

    private static (string, string) SplitMerge(string merge)
    {
        int space = merge.IndexOf(' ', 1);
        return space > 0 ? (merge[..space], merge[(space + 1)..]) : throw new TokenizerException($"the merge '{merge}' names no two tokens");
    }
}
