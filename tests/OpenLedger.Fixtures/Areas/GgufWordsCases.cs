using System.Text.Json;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Fixtures.Areas;

/// <summary>A tokenizer.json written into a GGUF file and read again gives the reference's ids, or is refused with a sentence.</summary>
internal static class GgufWordsCases
{
    // The special tokens' own flags (strip, single word) have no place in GGUF; exports are checked on their own prompts.
    private const string Flagged = "added/";

    /// <param name="folder">One tokenizer with its goldens.</param>
    public static FixtureCase Check(string name, string folder)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("openledger-words-").FullName, "words.gguf");
        try
        {
            Tokenizer own = Tokenizer.FromJson(Path.Combine(folder, "tokenizer.json"));
            int size = own.VocabularySize;
            KeyValuePair<string, object>[] words = [new("general.architecture", "llama"), .. GgufWords.Read(folder, size)];
            GgufWriter.Write(path, words, [new GgufEntry("token_embd.weight", GgufType.F32, [size, 1], () => new float[size])]);
            using GgufFile file = GgufFile.Open(path);
            Tokenizer read = Tokenizer.FromGguf(file);
            return SelfTestPrompts.CutAlike(own, read) ? Compare(name, folder, read) : new FixtureCase(name, true, "refused: an export's self-test finds other tokens");
        }
        catch (ExportException refusal)
        {
            return new FixtureCase(name, true, $"refused: {refusal.Message}");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static FixtureCase Compare(string name, string folder, Tokenizer tokenizer)
    {
        int compared = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder, "golden.jsonl")))
        {
            JsonElement golden = JsonDocument.Parse(line).RootElement;
            if (golden.GetProperty("name").GetString()!.StartsWith(Flagged, StringComparison.Ordinal)) continue;
            int[] ids = [.. golden.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            if (!tokenizer.Encode(golden.GetProperty("text").GetString()!).SequenceEqual(ids)) return new FixtureCase(name, false, $"'{golden.GetProperty("name")}' has other ids");
            compared++;
        }
        return new FixtureCase(name, true, $"{compared} texts have the reference's ids");
    }
}
