using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;
using Tokenizer = OpenLedger.Engine.Tokenization.Tokenizer;

namespace OpenLedger.Engine.Tests.Tokenization;

/// <summary>A tokenizer.model cuts as the tokenizer.json of the same vocabulary does, and as another implementation does; what is damaged or different is refused.</summary>
public sealed partial class SentencePieceTests : IDisposable
{
    private static readonly string[] Words = ["▁t", "he", "▁the", "er", "▁a", "▁", "t", "h", "e", "r", "a", "s", "o", "p", "i", "l", "n", "y", "问", "：", "[", "]"];

    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-pieces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("llama2_legacy", true, true)]
    [InlineData("gemma", false, true)]
    [InlineData("mistral_metaspace", true, false)]
    public void The_same_vocabulary_as_a_tokenizer_model_gives_the_goldens(string name, bool space, bool legacy)
    {
        Lay(name, space, legacy);
        Tokenizer tokenizer = Tokenizer.FromFolder(_folder);
        foreach (JsonElement row in File.ReadLines(Fixture.Path($"tokenizers/{name}/golden.jsonl")).Select(line => JsonDocument.Parse(line).RootElement))
        {
            string text = row.GetProperty("text").GetString()!;
            if (name == "gemma" && text.Contains("   ", StringComparison.Ordinal)) continue; // that tokenizer.json has long runs of spaces in its list but no merges that make them; SentencePiece needs none
            int[] special = Ints(row, "ids_with_special");
            Same(text, Ints(row, "ids"), tokenizer.Encode(text));
            Same(text, special, tokenizer.Encode(text, addSpecialTokens: true));
            Assert.Equal(row.GetProperty("decoded_skip_special").GetString(), tokenizer.Decode(special));
        }
    }

    [Theory]
    [InlineData("llama2_legacy", true)]
    [InlineData("llama2_nobytes", true)]
    [InlineData("gemma", false)]
    public void Fresh_texts_have_the_ids_of_another_implementation(string name, bool space)
    {
        byte[] file = Lay(name, space, legacy: true);
        SentencePieceTokenizer judge = SentencePieceTokenizer.Create(new MemoryStream(file), addBeginningOfSentence: false, addEndOfSentence: false);
        Tokenizer tokenizer = Tokenizer.FromFolder(_folder);
        RandomTexts texts = new(16);
        for (int i = 0; i < 600; i++)
        {
            string text = string.Concat(texts.Next().EnumerateRunes().Select(rune => rune.ToString())); // lone surrogates are no text
            if (Thrice().IsMatch(" " + text.Replace('▁', ' '))) continue; // of equal pairs the judge joins the last first, SentencePiece and the goldens the first
            Same(text, FuseUnknown(judge.EncodeToIds(text, considerNormalization: true), judge.UnknownId), tokenizer.EncodePlain(text));
        }
    }

    [Fact]
    public void Spaces_at_the_ends_go_and_several_become_one_where_the_file_says_so()
    {
        Write(new PieceFile { RemovesSpaces = true }.Of(Words).ToArray());
        Tokenizer tokenizer = Tokenizer.FromFolder(_folder);
        Assert.Equal(tokenizer.Encode("the the"), tokenizer.Encode("   the    the  "));
        Assert.Empty(tokenizer.Encode("   "));
        Assert.Contains("several spaces for one", Assert.Throws<ExportException>(() => GgufWords.Read(_folder, 400)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChatGlm3_has_the_special_tokens_of_its_code_and_speaks_in_its_marks()
    {
        Write(new PieceFile().Of(Words).ToArray(), """{"tokenizer_class":"ChatGLMTokenizer","auto_map":{"AutoTokenizer":["tokenization_chatglm.ChatGLMTokenizer",null]}}""");
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(_folder);
        int first = 259 + Words.Length, mask = first + 1, sop = first + 3, user = first + 6, assistant = first + 7;
        int the = tokenizer.TokenId("▁the")!.Value, space = tokenizer.TokenId("▁")!.Value, line = tokenizer.TokenId("<0x0A>")!.Value;
        Assert.Equal(new int?[] { first, mask, first + 2, sop, first + 4, first + 5, user, assistant, first + 8 }, new[] { "[MASK]", "[gMASK]", "[sMASK]", "sop", "eop", "<|system|>", "<|user|>", "<|assistant|>", "<|observation|>" }.Select(tokenizer.TokenId));
        Assert.Equal([mask, sop, the], tokenizer.Encode("the", addSpecialTokens: true));
        // get_prefix_tokens, then build_single_message: the role, sp.encode("\n"), sp.encode(words)
        ChatTemplate template = ChatTemplate.Parse(dialect.Template);
        ChatTurn[] turns = [new(ChatTurn.User, "the")];
        Assert.Equal([mask, sop, user, space, line, the, assistant], PromptEncoding.Encode(tokenizer, said => template.Render(said, true, null, null), turns));
        Assert.Contains(user, dialect.StopTokens);
        Assert.Contains(2, dialect.StopTokens);
    }

    [Fact]
    public void The_sop_in_philosophy_is_no_special_token()
    {
        Write(new PieceFile().Of(Words).ToArray(), """{"tokenizer_class":"ChatGLMTokenizer"}""");
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(_folder);
        ChatTurn[] turns = [new(ChatTurn.User, "philosophy sop")];
        int[] ids = PromptEncoding.Encode(tokenizer, said => said[0].Content, turns);
        Assert.DoesNotContain(tokenizer.TokenId("sop")!.Value, ids);
        Assert.Equal(tokenizer.Encode("philosophy "), ids[..tokenizer.Encode("philosophy ").Length]);
    }

    [Fact]
    public void ChatGlm2_has_no_roles_and_speaks_in_rounds()
    {
        Write(new PieceFile().Of(Words).ToArray(), """{"tokenizer_class":"ChatGLMTokenizer","name_or_path":"THUDM/chatglm2-6b","bos_token":"<sop>"}""");
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(_folder);
        Assert.Null(tokenizer.TokenId("<|user|>"));
        ChatTurn[] turns = [new(ChatTurn.User, "Q1"), new(ChatTurn.Assistant, "A1"), new(ChatTurn.User, "Q2")];
        Assert.Equal("[gMASK]sop[Round 1]\n\n问：Q1\n\n答：A1\n\n[Round 2]\n\n问：Q2\n\n答：", ChatTemplate.Parse(dialect.Template).Render(turns, true, dialect.BeginText, dialect.EndText));
    }

    [Fact]
    public void Tokens_are_added_by_every_file_that_numbers_them_and_are_special_where_one_gives_them_a_role()
    {
        Write(new PieceFile().Of(Words).ToArray(), """{"bos_token":{"__type":"AddedToken","content":"<s>"},"add_eos_token":true,"pad_token":"[PAD]","unk_token":"<nobody>"}""");
        File.WriteAllText(Path.Combine(_folder, "added_tokens.json"), """{"[PAD]":300,"<tool>":301}""");
        File.WriteAllText(Path.Combine(_folder, "special_tokens_map.json"), """{"additional_special_tokens":["▁the"],"eos_token":"</s>"}""");
        (Tokenizer tokenizer, ChatDialect dialect) = ChatDialect.Read(_folder);
        Assert.Equal([1, 301, 300, 2], tokenizer.Encode("<tool>[PAD]", addSpecialTokens: true));
        Assert.Equal(["<unk>", "<s>", "</s>", "▁the", "[PAD]"], tokenizer.AddedTokens.Where(token => token.Special).Select(token => token.Content));
        Assert.Equal(("<s>", "</s>"), (dialect.BeginText, dialect.EndText));
    }

    [Fact]
    public void A_tokenizer_json_beside_it_wins()
    {
        Write([1, 2, 3]);
        File.Copy(Fixture.Path("tokenizers/gemma/tokenizer.json"), Path.Combine(_folder, "tokenizer.json"));
        Assert.NotEmpty(Tokenizer.FromFolder(_folder).Encode("a"));
    }

    [Fact]
    public void Exported_as_GGUF_the_words_stay_the_same()
    {
        Lay("llama2_legacy", space: true, legacy: true);
        string path = Path.Combine(_folder, "words.gguf");
        GgufWriter.Write(path, [new("general.architecture", "llama"), .. GgufWords.Read(_folder, 2000)], []);
        using GgufFile file = GgufFile.Open(path);
        Tokenizer own = Tokenizer.FromFolder(_folder), exported = Tokenizer.FromGguf(file);
        RandomTexts texts = new(3);
        for (int i = 0; i < 200; i++)
        {
            string text = texts.Next();
            Same(text, own.EncodePlain(text), exported.EncodePlain(text));
        }
    }

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "Unigram", new PieceFile { ModelType = 1 }.Of("a").ToArray(), "cuts words by Unigram" },
        { "a table", new PieceFile { Table = [1, 2] }.Of("a").ToArray(), "changes characters by a table ('identity')" },
        { "spaces behind", new PieceFile { SpaceBehind = true }.Of("a").ToArray(), "puts the sign for a space behind words" },
        { "no bytes", new PieceFile().Piece("<unk>", 0, 2).Piece("a").ToArray(), "has not a piece for each of them" },
        { "twice", new PieceFile().Of("a", "a").ToArray(), "has the piece 'a' twice" },
        { "no text", new PieceFile().Of("").ToArray(), "has a piece without a text" },
        { "unused", new PieceFile().Of().Piece("a", 0, 5).ToArray(), "of the kind Unused" },
        { "no unknown", new PieceFile { Bytes = false }.Piece("a").ToArray(), "needs one piece for what is unknown" },
        { "ranks", "IQ== 0\nIg== 1\n"u8.ToArray(), "a list of byte ranks (tiktoken's kind, as GLM-4 has it)" },
        { "nothing", [], "has no pieces" },
        { "a page", "<html>\n<body>Not found</body></html>"u8.ToArray(), "it is damaged, or of another kind" },
        { "a number for a text", [0x0A, 2, 0x08, 1], "it is damaged, or of another kind" },
        { "no UTF-8", [0x0A, 3, 0x0A, 1, 0xFF], "no UTF-8" },
        { "an endless number", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "more than ten bytes" },
        { "a length beyond the end", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], "ends in the middle of a field" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void What_is_damaged_or_not_done_exactly_is_refused_in_a_sentence(string what, byte[] file, string fact)
    {
        Write(file);
        Assert.Contains(fact, Assert.Throws<TokenizerException>(() => Tokenizer.FromFolder(_folder)).Message + what, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_whose_custom_is_not_known_is_refused()
    {
        Write(new PieceFile().Of("a").ToArray(), """{"tokenizer_class":"XLMRobertaTokenizer"}""");
        Assert.Contains("'XLMRobertaTokenizer', whose custom is not known here", Assert.Throws<TokenizerException>(() => Tokenizer.FromFolder(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_or_with_a_changed_byte_gives_a_sentence_or_words()
    {
        byte[] whole = new PieceFile().Of(Words).ToArray();
        Random random = new(5);
        for (int i = 0; i < 3000; i++)
        {
            byte[] broken = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (broken.Length > 0) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(SentencePieceModel.Read(broken).Pieces);
            }
            catch (TokenizerException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    private byte[] Lay(string name, bool space, bool legacy)
    {
        string path = Fixture.Path($"tokenizers/{name}/tokenizer.json");
        (string begin, string end) = name == "gemma" ? ("<bos>", "<eos>") : ("<s>", "</s>");
        byte[] file = new PieceFile { Bytes = name != "llama2_nobytes", AddsSpace = space, Begin = begin, End = end }.From(path).ToArray();
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        JsonObject decoder = [];
        foreach (JsonNode? token in json["added_tokens"]!.AsArray()) decoder[token!["id"]!.ToString()] = token.DeepClone();
        bool ends = json["post_processor"]!["single"]!.AsArray().Count == 3;
        Write(file, new JsonObject { ["tokenizer_class"] = "LlamaTokenizer", ["bos_token"] = begin, ["eos_token"] = end, ["legacy"] = legacy, ["add_eos_token"] = ends, ["added_tokens_decoder"] = decoder }.ToJsonString());
        return file;
    }

    private void Write(byte[] file, string settings = "{}")
    {
        File.WriteAllBytes(Path.Combine(_folder, "tokenizer.model"), file);
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), settings);
    }

    private static int[] Ints(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    private static void Same(string text, IEnumerable<int> expected, IEnumerable<int> found) => Assert.True(expected.SequenceEqual(found), $"'{text}': {string.Join(' ', expected)} / {string.Join(' ', found)}");

    // SentencePiece gives what is unknown one piece, however long it is (PopulateSentencePieceText); the judge one a character.
    private static IEnumerable<int> FuseUnknown(IReadOnlyList<int> ids, int unknown) => ids.Where((id, i) => id != unknown || i == 0 || ids[i - 1] != unknown);

    [GeneratedRegex(@"(.+?)\1\1", RegexOptions.Singleline)]
    private static partial Regex Thrice();
}
