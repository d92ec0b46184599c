using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Library = Tokenizers.DotNet.Tokenizer;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>The reference implementation (Rust, tokenizers 0.22) on a tokenizer.json without padding and truncation. It ends the process where it panics: empty matches, overlapping strips.</summary>
internal sealed class ReferenceTokenizer : IDisposable
{
    // It splits nothing: each byte of the text is a token.
    private const string Bytes = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}""";

    private readonly Library _library;

    private ReferenceTokenizer(JsonNode json)
    {
        (json["truncation"], json["padding"]) = (null, null);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"words-{Guid.NewGuid():N}.json");
        File.WriteAllText(Path, json.ToJsonString());
        try
        {
            _library = new Library(Path);
        }
        catch
        {
            File.Delete(Path);
            throw;
        }
    }

    /// <summary>Skips the test where the reference's native part does not run.</summary>
    public static void SkipElsewhere() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "the reference runs on Linux on x64 only");

    /// <summary>The file it was read from, for our own reader.</summary>
    public string Path { get; }

    public static ReferenceTokenizer Of(string path) => new(JsonNode.Parse(File.ReadAllText(path))!);

    /// <summary>A vocabulary of bytes behind one normalizer or pre-tokenizer: its ids show what that step does.</summary>
    public static ReferenceTokenizer OfStep(string? normalizer, params string[] preTokenizers) => new(new JsonObject
    {
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = normalizer is null ? null : JsonNode.Parse(normalizer),
        ["pre_tokenizer"] = new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray([.. preTokenizers.Append(Bytes).Select(step => JsonNode.Parse(step))]) },
        ["post_processor"] = null,
        ["decoder"] = null,
        ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = ByteVocabulary(), ["merges"] = new JsonArray() },
    });

    public int[] Encode(string text) => [.. _library.Encode(text).Select(id => (int)id)];

    public string Decode(int[] ids) => _library.Decode([.. ids.Select(id => (uint)id)]);

    public void Dispose()
    {
        _library.Dispose();
        File.Delete(Path);
    }

    private static JsonObject ByteVocabulary()
    {
        JsonObject vocabulary = [];
        int next = 256;
        for (int value = 0; value < 256; value++)
            vocabulary[((char)(value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? value : next++)).ToString()] = value;
        return vocabulary;
    }
}
