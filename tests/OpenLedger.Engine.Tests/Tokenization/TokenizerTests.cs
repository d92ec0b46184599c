using System.Diagnostics;
using System.Text.Json;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>Ids, places, decoding, streams and pairs equal the reference library's; what is unknown is refused; nothing is quadratic.</summary>
public class TokenizerTests
{
    private static readonly string Folder = Fixture.Path("tokenizers");

    public static TheoryData<string> Names => [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void Ids_places_and_decoding_equal_the_goldens(string name)
    {
        Tokenizer tokenizer = Load(name);
        foreach (JsonElement row in Rows(Path.Combine(name, "golden.jsonl")))
        {
            string text = row.GetProperty("text").GetString()!, what = $"{name} {row.GetProperty("name")}";
            int[] ids = Ints(row, "ids"), special = Ints(row, "ids_with_special");
            IReadOnlyList<Token> tokens = tokenizer.EncodeWithOffsets(text);
            Same(what, ids, tokenizer.Encode(text));
            Same(what, special, tokenizer.Encode(text, addSpecialTokens: true));
            Same(what, ids, tokens.Select(token => token.Id));
            Same(what, Ranges(row, "offsets"), tokens.Select(token => token.Source));
            Same(what, Ranges(row, "offsets_utf16"), tokens.Select(token => new CodePointIndex(text).Units(token.Source)));
            Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(ids, skipSpecialTokens: false));
            Assert.Equal(row.GetProperty("decoded_skip_special").GetString(), tokenizer.Decode(special));
        }
    }

    [Fact]
    public void A_stream_gives_the_reference_pieces_and_never_half_a_character()
    {
        Dictionary<string, Tokenizer> loaded = Names.ToDictionary(row => row.Data, row => Load(row.Data));
        foreach (JsonElement row in Rows("streams.jsonl"))
        {
            StreamingDecoder decoder = new(loaded[row.GetProperty("tokenizer").GetString()!]);
            string what = $"{row.GetProperty("tokenizer")} {row.GetProperty("name")}", full = row.GetProperty("full").GetString()!;
            List<string> pieces = [.. Ints(row, "ids").Select(decoder.Push)];
            Same(what, row.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString() ?? ""), pieces);
            string shown = string.Concat(pieces);
            // A byte-fallback decoder spoils a whole run of bytes that ends too early: what was shown then stays.
            Assert.Equal(full.StartsWith(shown, StringComparison.Ordinal) ? full : shown, shown + decoder.Flush());
        }
    }

    [Fact]
    public void A_stream_goes_on_after_bytes_that_were_no_text()
    {
        Tokenizer tokenizer = Load("gemma");
        StreamingDecoder decoder = new(tokenizer);
        int[] ids = [tokenizer.TokenId("a")!.Value, tokenizer.TokenId("<0x09>")!.Value, tokenizer.TokenId("<0xE2>")!.Value, tokenizer.TokenId("b")!.Value];
        Assert.Equal("a\uFFFD\uFFFDb", tokenizer.Decode(ids));
        Assert.Equal("a\t\uFFFDb", string.Concat(ids.Select(decoder.Push)) + decoder.Flush());
    }

    [Fact]
    public void Two_texts_together_equal_the_goldens()
    {
        Dictionary<string, Tokenizer> loaded = Names.ToDictionary(row => row.Data, row => Load(row.Data));
        foreach (JsonElement row in Rows("pairs.jsonl"))
        {
            IReadOnlyList<Token> tokens = loaded[row.GetProperty("tokenizer").GetString()!].EncodePair(row.GetProperty("a").GetString()!, row.GetProperty("b").GetString()!);
            Same("pair", Ints(row, "ids"), tokens.Select(token => token.Id));
            Same("pair", Ints(row, "type_ids"), tokens.Select(token => token.Type));
            Same("pair", Ints(row, "special_tokens_mask"), tokens.Select(token => token.IsInserted ? 1 : 0));
            Same("pair", Ranges(row, "offsets"), tokens.Select(token => token.Source));
        }
    }

    [Fact]
    public void The_vocabulary_of_a_gguf_file_gives_the_same_ids_as_the_tokenizer_json()
    {
        using GgufFile file = GgufFile.Open(Fixture.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"));
        Tokenizer tokenizer = Tokenizer.FromGguf(file);
        Assert.Equal(49152, tokenizer.VocabularySize);
        foreach (JsonElement row in Rows(Path.Combine("real_smollm2", "golden.jsonl")))
        {
            Same($"{row.GetProperty("name")}", Ints(row, "ids"), tokenizer.Encode(row.GetProperty("text").GetString()!));
            Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(Ints(row, "ids"), skipSpecialTokens: false));
        }
    }

    [Fact]
    public void Text_from_people_cannot_forge_a_special_token()
    {
        Tokenizer tokenizer = Load("real_smollm2");
        Assert.Contains(2, tokenizer.Encode("<|im_end|>"));
        Assert.DoesNotContain(2, tokenizer.EncodePlain("<|im_end|>"));
        Assert.Equal("<|im_end|>", tokenizer.Decode(tokenizer.EncodePlain("<|im_end|>")));
    }

    [Theory, InlineData("real_smollm2"), InlineData("llama2_legacy"), InlineData("unigram_xlmr"), InlineData("bloom")]
    public void A_million_times_one_letter_is_encoded_in_time_and_comes_back(string name)
    {
        Tokenizer tokenizer = Load(name);
        string text = new('a', 1_000_000);
        Stopwatch watch = Stopwatch.StartNew();
        int[] ids = tokenizer.Encode(text);
        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}"); // a quadratic path takes hours
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character() =>
        Assert.Equal(Load("real_smollm2").Encode("a\uFFFDb"), Load("real_smollm2").Encode("a\uD83Db"));

    [Theory]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{}}}""", "WordLevel")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "'b'")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"normalizer":{"type":"Precompiled"}}""", "Precompiled")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"UnicodeScripts"}}""", "UnicodeScripts")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\p{Klingon}"},"behavior":"Isolated"}}""", "Klingon")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0.5},"merges":[]}}""", "vocab")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"decoder":{"type":"CTC"}}""", "CTC")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":0,"vocab":[["a",1e99999999999]]}}""", "1e99999999999")]
    [InlineData("""[1, 2""", "no JSON")]
    [InlineData("""{"added_tokens":[]}""", "model")]
    public void What_is_unknown_or_broken_is_refused_by_name(string json, string named)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tokenizer-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, json);
        TokenizerException refusal = Assert.Throws<TokenizerException>(() => Tokenizer.FromJson(path));
        File.Delete(path);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", 100_000, "classes nested too deep")]
    [InlineData("[^", 100_000, "classes nested too deep")]
    [InlineData("[a&&[", 100_000, "classes nested too deep")]
    [InlineData("(", 100_000, "groups nested too deep")]
    public void A_pattern_that_nests_without_end_is_refused_and_does_not_end_the_process(string open, int times, string named) =>
        What_is_unknown_or_broken_is_refused_by_name(OfPattern(string.Concat(Enumerable.Repeat(open, times))), named);

    [Fact]
    public void A_class_of_intersections_without_end_is_refused() =>
        What_is_unknown_or_broken_is_refused_by_name(OfPattern("[" + string.Concat(Enumerable.Repeat("a&&", 100_000)) + "a]"), "too many intersections");

    [Fact]
    public void A_class_of_many_members_takes_no_more_stack_than_one_of_few()
    {
        string path = Path.Combine(Path.GetTempPath(), $"tokenizer-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, OfPattern("[" + new string('x', 100_000) + "]"));
        Assert.Equal([0, 0], Tokenizer.FromJson(path).Encode("a🙂a"));
        File.Delete(path);
    }

    private static string OfPattern(string pattern) =>
        $$$"""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"{{{pattern}}}"},"behavior":"Isolated"}}""";

    private static Tokenizer Load(string name) => Tokenizer.FromJson(name switch
    {
        "real_smollm2" => Fixture.Starter("models/SmolLM2-135M-Instruct/tokenizer.json"),
        "real_minilm" => Fixture.Starter("models/all-MiniLM-L6-v2/tokenizer.json"),
        _ => Path.Combine(Folder, name, "tokenizer.json"),
    });

    private static IEnumerable<JsonElement> Rows(string path) => File.ReadLines(Path.Combine(Folder, path)).Select(line => JsonDocument.Parse(line).RootElement);

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static IEnumerable<TextRange> Ranges(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Select(range => new TextRange(range[0].GetInt32(), range[1].GetInt32()));

    private static void Same<T>(string what, IEnumerable<T> expected, IEnumerable<T> found) => Assert.True(expected.SequenceEqual(found), $"{what}: {string.Join(' ', found)}");
}
