using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenLedger.Fixtures.Areas;

/// <summary>A tokenizer of single bytes, two merges and one special token, for models that have none. Knows no model.</summary>
public static class ByteWords
{
    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
    public static void Write(string folder)
    {
        JsonObject vocabulary = [];
        int id = 0;
        foreach (char letter in Letters()) vocabulary[letter.ToString()] = id++;
        vocabulary["th"] = id++;
        vocabulary["the"] = id++;
        JsonObject tokenizer = new()
        {
            ["added_tokens"] = new JsonArray(new JsonObject { ["id"] = id, ["content"] = "<|im_end|>", ["special"] = true, ["normalized"] = false }),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray("t h", "th e") },
        };
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), tokenizer.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), JsonSerializer.Serialize(new { eos_token = "<|im_end|>" }));
    }

    // GPT-2's stand-ins for the 256 bytes (encoder.py, bytes_to_unicode).
    private static IEnumerable<char> Letters()
    {
        int next = 256;
        for (int value = 0; value < 256; value++)
            yield return value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF ? (char)value : (char)next++;
    }
}
