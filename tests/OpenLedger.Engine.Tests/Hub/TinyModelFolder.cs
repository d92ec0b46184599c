using System.Text.Json.Nodes;

namespace OpenLedger.Engine.Tests.Hub;

/// <summary>
/// Writes a model folder as a hub has it: the weights of one of the reference families, and a tokenizer of bytes that fits their 320 rows. Opens none of it.
/// </summary>
public static class TinyModelFolder
{
    /// <summary>A template as short as they come, in the turn marks of <see cref="Write"/>'s tokenizer.</summary>
    public const string Template = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private static readonly string[] First = ["<pad>", "<s>", "</s>"];

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="family">A folder with config.json and model.safetensors.</param>
    /// <param name="template">The chat template; null for a model that has none.</param>
    /// <param name="marks">Whether the vocabulary knows turn marks.</param>
    public static void Write(string folder, string family, string? template = Template, bool marks = true)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(family, name), Path.Combine(folder, name), overwrite: true);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer(marks).ToJsonString());
        JsonObject settings = new() { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };
        if (template is not null) settings["chat_template"] = template;
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), settings.ToJsonString());
    }

    private static JsonObject Tokenizer(bool marks)
    {
        string[] special = marks ? [.. First, "<|im_start|>", "<|im_end|>"] : First;
        string[] words = [.. special, .. Bytes()];
        JsonObject vocabulary = [];
        for (int id = 0; id < words.Length; id++) vocabulary[words[id]] = id;
        JsonNode bytes(bool decoder) => new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = decoder, ["trim_offsets"] = true, ["use_regex"] = true };
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. special.Select((content, id) => (JsonNode)new JsonObject { ["id"] = id, ["content"] = content, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = bytes(false),
            ["post_processor"] = null,
            ["decoder"] = bytes(true),
            ["model"] = new JsonObject { ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = null, ["end_of_word_suffix"] = null, ["fuse_unk"] = false, ["byte_fallback"] = false, ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        };
    }

    // The letters that stand for bytes in byte-level vocabularies (GPT-2's bytes_to_unicode).
    private static IEnumerable<string> Bytes()
    {
        int next = 256;
        for (int value = 0; value < 256; value++) yield return ((char)(value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? value : next++)).ToString();
    }
}
