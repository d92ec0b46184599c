using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Export;

/// <summary>A GGUF file's vocabulary as the tokenizer files of a checkpoint folder. Reads no weights.</summary>
internal static class TokenizerJsonExport
{
    private const int Unknown = 2, Control = 3, User = 4;   // llama.cpp's llama_token_type
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and <c>generation_config.json</c>.</summary>
    public static void Write(GgufFile file, string folder)
    {
        (_, ChatDialect dialect) = ChatDialect.Read(file.Path);
        string[] tokens = (string[])file.Metadata["tokenizer.ggml.tokens"];
        bool pieces = file.Text("tokenizer.ggml.model") == "llama";
        JsonObject words = new()
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = Added(file, tokens),
            ["normalizer"] = pieces ? Spaces(file) : GgufPreTokenizer.Composes(Kind(file)) ? new JsonObject { ["type"] = "NFC" } : null,
            ["pre_tokenizer"] = pieces ? null : GgufPreTokenizerJson.Of(Kind(file)),
            ["post_processor"] = Around(file, tokens),
            ["decoder"] = pieces ? Pieces(file) : new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
            ["model"] = Model(file, tokens, pieces),
        };
        Put(folder, "tokenizer.json", words);
        Put(folder, "tokenizer_config.json", new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["bos_token"] = dialect.BeginText,
            ["eos_token"] = dialect.EndText,
            ["model_max_length"] = file.Integer($"{file.Text("general.architecture")}.context_length"),
            ["clean_up_tokenization_spaces"] = false,
            ["chat_template"] = dialect.IsTemplateOwn ? dialect.Template : null,
        });
        Put(folder, "generation_config.json", new JsonObject { ["bos_token_id"] = file.Integer("tokenizer.ggml.bos_token_id"), ["eos_token_id"] = new JsonArray([.. dialect.StopTokens.Select(id => (JsonNode)id)]) });
    }

    private static void Put(string folder, string name, JsonObject json) => File.WriteAllBytes(Path.Combine(folder, name), JsonSerializer.SerializeToUtf8Bytes(json, Indented));

    private static string Kind(GgufFile file) => file.Text("tokenizer.ggml.pre") ?? "default";

    private static JsonArray Added(GgufFile file, string[] tokens)
    {
        int[] kinds = file.Metadata.GetValueOrDefault("tokenizer.ggml.token_type") as int[] ?? [];
        return new JsonArray([.. Enumerable.Range(0, Math.Min(tokens.Length, kinds.Length)).Where(id => kinds[id] is Unknown or Control or User).Select(id => (JsonNode)new JsonObject
        {
            ["id"] = id, ["content"] = tokens[id], ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = kinds[id] != User,
        })]);
    }

    private static JsonObject Model(GgufFile file, string[] tokens, bool pieces)
    {
        Dictionary<string, int> used = GgufVocabulary.Used(file, tokens);
        JsonObject vocabulary = [];
        foreach ((string token, int id) in used) vocabulary[token] = id;
        IEnumerable<(string Left, string Right)> merges = pieces
            ? GgufVocabulary.MergesByScore(tokens, (float[])file.Metadata["tokenizer.ggml.scores"], used)
            : ((string[])file.Metadata["tokenizer.ggml.merges"]).Select(merge => (merge[..merge.IndexOf(' ', 1)], merge[(merge.IndexOf(' ', 1) + 1)..]));
        return new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = pieces ? tokens[(int)(file.Integer("tokenizer.ggml.unknown_token_id") ?? 0)] : null,
            ["continuing_subword_prefix"] = null,
            ["end_of_word_suffix"] = null,
            ["fuse_unk"] = pieces,
            ["byte_fallback"] = pieces,
            ["ignore_merges"] = !pieces && GgufPreTokenizer.IgnoresMerges(Kind(file)),
            ["vocab"] = vocabulary,
            ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)new JsonArray(merge.Left, merge.Right))]),
        };
    }

    private static bool HasPrefix(GgufFile file) => file.Flag("tokenizer.ggml.add_space_prefix") ?? true;

    private static JsonObject Spaces(GgufFile file)
    {
        JsonObject replace = new() { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = "▁" };
        return !HasPrefix(file) ? replace : new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" }, replace) };
    }

    private static JsonObject Pieces(GgufFile file)
    {
        JsonArray steps = [new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = "▁" }, ["content"] = " " }, new JsonObject { ["type"] = "ByteFallback" }, new JsonObject { ["type"] = "Fuse" }];
        if (HasPrefix(file)) steps.Add(new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 });
        return new JsonObject { ["type"] = "Sequence", ["decoders"] = steps };
    }

    private static JsonObject? Around(GgufFile file, string[] tokens)
    {
        bool begins = file.Flag("tokenizer.ggml.add_bos_token") ?? file.Text("tokenizer.ggml.model") == "llama", ends = file.Flag("tokenizer.ggml.add_eos_token") ?? false;
        List<int> marks = [.. begins ? [(int)file.Integer("tokenizer.ggml.bos_token_id")!] : Array.Empty<int>(), .. ends ? [(int)file.Integer("tokenizer.ggml.eos_token_id")!] : Array.Empty<int>()];
        if (marks.Count == 0) return null;
        JsonObject special = [];
        foreach (int id in marks.Distinct()) special[tokens[id]] = new JsonObject { ["id"] = tokens[id], ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(tokens[id]) };
        return new JsonObject { ["type"] = "TemplateProcessing", ["single"] = Template(["A"]), ["pair"] = Template(["A", "B"]), ["special_tokens"] = special };

        JsonArray Template(string[] texts)
        {
            JsonArray parts = [];
            if (begins) parts.Add(Mark(marks[0], 0));
            foreach (string text in texts) parts.Add(new JsonObject { ["Sequence"] = new JsonObject { ["id"] = text, ["type_id"] = text == "A" ? 0 : 1 } });
            if (ends) parts.Add(Mark(marks[^1], texts.Length - 1));
            return parts;
        }

        JsonObject Mark(int id, int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = tokens[id], ["type_id"] = type } };
    }
}
