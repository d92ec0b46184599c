using System.Text.Json;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Runs every folder of <c>tokenizers</c> that has a tokenizer.json against its goldens, streams and pairs.</summary>
internal sealed class TokenizersArea : IFixtureArea
{
    public string Name => "tokenizers";

    public IEnumerable<FixtureCase> Run(string folder)
    {
        Dictionary<string, Tokenizer> loaded = [];
        foreach (string path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path), file = FileOf(path);
            if (!File.Exists(file) || !File.Exists(Path.Combine(path, "golden.jsonl"))) continue;
            FixtureCase opened = FixtureCase.Of(name, () =>
            {
                loaded[name] = Tokenizer.FromJson(file);
                return new FixtureCase(name, true, $"{loaded[name].VocabularySize} tokens");
            });
            yield return opened;
            if (!opened.Passed) continue;
            if (File.Exists(Path.Combine(path, "tokenizer.json"))) yield return FixtureCase.Of($"{name} as GGUF", () => GgufWordsCases.Check($"{name} as GGUF", path));
            foreach (JsonElement row in Rows(Path.Combine(path, "golden.jsonl"))) yield return Check($"{name}/{row.GetProperty("name")}", () => Golden(loaded[name], row));
        }
        foreach (FixtureCase found in Shared(folder, "streams.jsonl", "name", loaded, Stream).Concat(Shared(folder, "pairs.jsonl", "a", loaded, Pair))) yield return found;
    }

    // The real ones that ship with the Studio need not lie here twice.
    private static string FileOf(string path)
    {
        string own = Path.Combine(path, "tokenizer.json"), models = Path.GetDirectoryName(Path.GetDirectoryName(FixtureFolders.StarterModel()))!;
        return File.Exists(own) ? own : Path.GetFileName(path) switch
        {
            "real_smollm2" => Path.Combine(models, "SmolLM2-135M-Instruct", "tokenizer.json"),
            "real_minilm" => Path.Combine(models, "all-MiniLM-L6-v2", "tokenizer.json"),
            _ => own,
        };
    }

    private static IEnumerable<FixtureCase> Shared(string folder, string file, string label, Dictionary<string, Tokenizer> loaded, Func<Tokenizer, JsonElement, string> differences) =>
        from row in Rows(Path.Combine(folder, file))
        let name = row.GetProperty("tokenizer").GetString()!
        where loaded.ContainsKey(name)
        select Check($"{file}/{name}/{row.GetProperty(label)}", () => differences(loaded[name], row));

    private static FixtureCase Check(string name, Func<string> differences) => FixtureCase.Of(name, () =>
    {
        string found = differences();
        return new FixtureCase(name, found.Length == 0, found.Length == 0 ? "equal" : found);
    });

    private static IEnumerable<JsonElement> Rows(string path) => File.Exists(path) ? File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement) : [];

    private static string Golden(Tokenizer tokenizer, JsonElement row)
    {
        string text = row.GetProperty("text").GetString()!;
        int[] ids = Ints(row, "ids"), withSpecial = Ints(row, "ids_with_special");
        IReadOnlyList<Token> tokens = tokenizer.EncodeWithOffsets(text);
        CodePointIndex points = new(text);
        return Difference("ids", ids, tokenizer.Encode(text)) + Difference("ids with places", ids, tokens.Select(token => token.Id))
            + Difference("ids with special tokens", withSpecial, tokenizer.Encode(text, true))
            + Difference("tokens", row.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!), tokens.Select(token => token.Text))
            + Difference("offsets", Ranges(row, "offsets"), tokens.Select(token => token.Source))
            + Difference("UTF-16 offsets", Ranges(row, "offsets_utf16"), tokens.Select(token => points.Units(token.Source)))
            + Difference("decoded", Text(row, "decoded"), tokenizer.Decode(ids, false))
            + Difference("decoded with special tokens", Text(row, "decoded_with_special"), tokenizer.Decode(withSpecial, false))
            + Difference("decoded without special tokens", Text(row, "decoded_skip_special"), tokenizer.Decode(withSpecial));
    }

    private static string Stream(Tokenizer tokenizer, JsonElement row)
    {
        StreamingDecoder decoder = new(tokenizer);
        List<string> pieces = [.. Ints(row, "ids").Select(decoder.Push)];
        string shown = string.Concat(pieces), all = shown + decoder.Flush(), full = Text(row, "full");
        // A byte-fallback decoder spoils a whole run of bytes that ends too early: what was already shown then stays as it is.
        if (!full.StartsWith(shown, StringComparison.Ordinal)) full = shown;
        return Difference("pieces", row.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString() ?? ""), pieces) + Difference("flushed", full, all);
    }

    private static string Pair(Tokenizer tokenizer, JsonElement row)
    {
        IReadOnlyList<Token> tokens = tokenizer.EncodePair(Text(row, "a"), Text(row, "b"));
        return Difference("ids", Ints(row, "ids"), tokens.Select(token => token.Id)) + Difference("types", Ints(row, "type_ids"), tokens.Select(token => token.Type))
            + Difference("inserted", Ints(row, "special_tokens_mask"), tokens.Select(token => token.IsInserted ? 1 : 0))
            + Difference("sequences", row.GetProperty("sequence_ids").EnumerateArray().Select(id => id.ValueKind == JsonValueKind.Null ? null : (int?)id.GetInt32()), tokens.Select(token => token.Sequence))
            + Difference("offsets", Ranges(row, "offsets"), tokens.Select(token => token.Source));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static IEnumerable<TextRange> Ranges(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Select(range => new TextRange(range[0].GetInt32(), range[1].GetInt32()));

    private static string Difference(string what, string expected, string found) => expected == found ? "" : $"{what}: expected {JsonSerializer.Serialize(expected)}, found {JsonSerializer.Serialize(found)}; ";

    private static string Difference<T>(string what, IEnumerable<T> expected, IEnumerable<T> found)
    {
        List<T> want = [.. expected], have = [.. found];
        if (want.SequenceEqual(have)) return "";
        int at = want.Zip(have).TakeWhile(pair => Equals(pair.First, pair.Second)).Count();
        return $"{what}: at {at} of {want.Count}, expected {(at < want.Count ? want[at] : "end")}, found {(at < have.Count ? have[at] : "end")}; ";
    }
}
