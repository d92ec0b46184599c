using System.Text.Json;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Fixtures;

/// <summary>Runs every folder of <c>tokenizers</c> that has a tokenizer.json against its goldens, streams and pairs.</summary>
internal static class TokenizerArea
{
    public static IEnumerable<(string Name, bool Passed, string Detail)> Run(string folder)
    {
        Dictionary<string, Tokenizer> loaded = [];
        foreach (string path in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (!File.Exists(Path.Combine(path, "tokenizer.json")) || !File.Exists(Path.Combine(path, "golden.jsonl"))) continue;
            Tokenizer tokenizer = loaded[name] = Tokenizer.FromJson(Path.Combine(path, "tokenizer.json"));
            foreach (JsonElement row in Rows(Path.Combine(path, "golden.jsonl"))) yield return Check($"{name} {row.GetProperty("name")}", () => Golden(tokenizer, row));
        }
        foreach (JsonElement row in Rows(Path.Combine(folder, "streams.jsonl")))
            if (loaded.TryGetValue(row.GetProperty("tokenizer").GetString()!, out Tokenizer? tokenizer)) yield return Check($"stream {row.GetProperty("tokenizer")} {row.GetProperty("name")}", () => Stream(tokenizer, row));
        foreach (JsonElement row in Rows(Path.Combine(folder, "pairs.jsonl")))
            if (loaded.TryGetValue(row.GetProperty("tokenizer").GetString()!, out Tokenizer? tokenizer)) yield return Check($"pair {row.GetProperty("tokenizer")} {row.GetProperty("a")}", () => Pair(tokenizer, row));
    }

    private static (string, bool, string) Check(string name, Func<string> differences)
    {
        string found = differences();
        return (name, found.Length == 0, found);
    }

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
