using System.Text.Json.Nodes;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>Beside the goldens: the reference library itself, asked about fresh texts, about every character and about patterns. It runs on Linux on x64 only.</summary>
public class ReferenceTokenizerTests
{
    private const string Mark = """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":false}"""; // put in front of each piece, it shows where the cuts are

    public static TheoryData<string> Files => [.. Directory.GetDirectories(Fixture.Path("tokenizers")).Select(folder => Path.Combine(folder, "tokenizer.json")).Where(File.Exists).Select(path => Path.GetFileName(Path.GetDirectoryName(path)!)).Order(StringComparer.Ordinal),
        "SmolLM2-135M-Instruct", "all-MiniLM-L6-v2"];

    [Theory, MemberData(nameof(Files))]
    public void Fresh_texts_have_the_reference_ids_and_their_decoding(string name)
    {
        ReferenceTokenizer.SkipElsewhere();
        string path = Fixture.Path($"tokenizers/{name}/tokenizer.json");
        using ReferenceTokenizer reference = ReferenceTokenizer.Of(File.Exists(path) ? path : Fixture.Starter($"models/{name}/tokenizer.json"));
        Tokenizer tokenizer = Tokenizer.FromJson(reference.Path);
        RandomTexts texts = new(2026);
        for (int i = 0; i < 400; i++)
        {
            string text = texts.Next();
            int[] ids = reference.Encode(text);
            Same(text, ids, tokenizer.Encode(text, addSpecialTokens: true));
            Same(text, ids, tokenizer.EncodeWithOffsets(text, addSpecialTokens: true).Select(token => token.Id));
            int[] any = [.. Enumerable.Range(0, 8).Select(_ => texts.Below(tokenizer.VocabularySize))];
            // Newer versions write an added token as it was normalized, the reference here as it was given.
            if (!any.Any(id => tokenizer.AddedTokens.Any(token => token.Id == id && token.Normalized))) Assert.Equal(reference.Decode(any), tokenizer.Decode(any));
        }
    }

    [Theory]
    [InlineData("""{"type":"NFC"}""")]
    [InlineData("""{"type":"NFKD"}""")]
    [InlineData("""{"type":"Nmt"}""")]
    [InlineData("""{"type":"StripAccents"}""")]
    [InlineData("""{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":true,"lowercase":false}""")]
    public void Every_character_is_normalized_as_the_reference_does(string normalizer) => EveryCharacter(normalizer, []).Dispose();

    [Theory]
    [InlineData("""{"type":"Digits","individual_digits":true}""", 13)] // the digits of Unicode 17
    [InlineData("""{"type":"Punctuation","behavior":"Isolated"}""")]
    [InlineData("""{"type":"WhitespaceSplit"}""")]
    [InlineData("""{"type":"Whitespace"}""")]
    public void Every_character_is_cut_as_the_reference_does(string preTokenizer, int mayDiffer = 0) => EveryCharacter(null, [preTokenizer, Mark], mayDiffer).Dispose();

    [Theory]
    [InlineData(@"\p{L}"), InlineData(@"\P{Lu}"), InlineData(@"\w"), InlineData(@"\b."), InlineData(@"\s"), InlineData(@"\h"), InlineData(@"\p{^N}"), InlineData(@"\p{Han}+"), InlineData(@"\p{Hangul}")]
    [InlineData(@"[\p{Lu}\p{M}&&[^\p{Han}]]"), InlineData(@"[^\p{L}&&[^a-z]]"), InlineData(@"[\P{L}\p{Lu}]"), InlineData(@"[^[:punct:]]"), InlineData(@"[\x{20000}-\x{2A6DF}]"), InlineData(@"[^🙂]+"), InlineData(@"(?i:[ks])")]
    [InlineData(@"\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓ𐐀-𐑏𐒰-𐓓𐓘-𐓻𞤀-𞥃]+"), InlineData(@"(?:\r?\n)+(?!\r?\n)"), InlineData(@"\p{L}\p{M}*"), InlineData(@"[^\r\n\p{L}\p{N}]?+\p{L}++"), InlineData(@"\R"), InlineData(@"[]a\-z-]"), InlineData(@"a{,3}b")]
    [InlineData(@"[^\W_]+")]
    public void A_pattern_finds_what_Oniguruma_finds(string pattern)
    {
        string split = new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Removed", ["invert"] = false }.ToJsonString();
        using ReferenceTokenizer reference = EveryCharacter(null, [split]);
        Tokenizer tokenizer = Tokenizer.FromJson(reference.Path);
        RandomTexts texts = new(7);
        for (int i = 0; i < 200; i++)
        {
            string text = texts.Next();
            Same(text, reference.Encode(text), tokenizer.Encode(text));
        }
    }

    [Theory, InlineData("tekken"), InlineData("deepseek-llm"), InlineData("deepseek-coder"), InlineData("deepseek-v3"), InlineData("gpt-4o")]
    public void The_ways_of_GGUF_files_cut_as_the_reference_reads_them(string kind)
    {
        ReferenceTokenizer.SkipElsewhere();
        List<string> steps = [.. GgufPreTokenizerJson.Of(kind)["pretokenizers"]!.AsArray().SkipLast(1).Select(step => step!.ToJsonString()), Mark];
        using ReferenceTokenizer reference = ReferenceTokenizer.OfStep(null, [.. steps]);
        Tokenizer tokenizer = Tokenizer.FromJson(reference.Path);
        RandomTexts texts = new(11);
        for (int i = 0; i < 400; i++)
        {
            string text = texts.Next();
            Same(text, reference.Encode(text), tokenizer.Encode(text));
        }
    }

    // Up to the end of the second plane, without the inner parts of the two large blocks whose characters are all alike; further up are only ideographs.
    private static ReferenceTokenizer EveryCharacter(string? normalizer, string[] preTokenizers, int mayDiffer = 0)
    {
        ReferenceTokenizer.SkipElsewhere();
        ReferenceTokenizer reference = ReferenceTokenizer.OfStep(normalizer, preTokenizers);
        Tokenizer tokenizer = Tokenizer.FromJson(reference.Path);
        List<int> different = [];
        foreach (int[] points in Enumerable.Range(0, 0x20100).Where(point => point is not ((>= 0x4E20 and < 0x9F00) or (>= 0xAC20 and < 0xD780) or (>= 0xD800 and <= 0xDFFF))).Chunk(256)) Differences(points, reference, tokenizer, different);
        if (different.Count <= mayDiffer) return reference;
        reference.Dispose();
        throw new Xunit.Sdk.XunitException($"{different.Count} characters differ, not at most {mayDiffer}: {string.Join(' ', different.Select(point => $"{point:X}"))}");
    }

    private static void Differences(int[] points, ReferenceTokenizer reference, Tokenizer tokenizer, List<int> different)
    {
        string text = string.Concat(points.Select(point => $"q{char.ConvertFromUtf32(point)}q"));
        if (reference.Encode(text).SequenceEqual(tokenizer.Encode(text))) return;
        if (points.Length == 1) { different.Add(points[0]); return; }
        Differences(points[..(points.Length / 2)], reference, tokenizer, different);
        Differences(points[(points.Length / 2)..], reference, tokenizer, different);
    }

    private static void Same(string text, IEnumerable<int> expected, IEnumerable<int> found) => Assert.True(expected.SequenceEqual(found), $"'{text}' ({string.Join(' ', text.Select(unit => $"{(int)unit:X4}"))}): {string.Join(' ', found)}, not {string.Join(' ', expected)}");
}
