using System.Text.Json;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Tests.Tokenization;

public class GgufPreTokenizerJsonTests
{
    private const string Text = "Hello  world's 12345 I'LL don't\r\n\n  x=3.14; ÀÉ naïve 東京です 한국어 ٣٤٥ 🙂 HTTPServer\t(a|b)!  ";

    [Theory]
    [InlineData("gpt-2")]
    [InlineData("smollm")]
    [InlineData("llama-bpe")]
    [InlineData("qwen2")]
    [InlineData("deepseek-v3")]
    [InlineData("gpt-4o")]
    [InlineData("bloom")]
    [InlineData("falcon")]
    [InlineData("tekken")]
    [InlineData("deepseek-llm")]
    [InlineData("deepseek-coder")]
    public void A_kind_cuts_the_same_written_as_a_tokenizer_json(string kind)
    {
        using JsonDocument json = JsonDocument.Parse(GgufPreTokenizerJson.Of(kind).ToJsonString());
        PreTokenizer read = PipelineReader.PreTokenizer(json.RootElement, last: true);
        Assert.Equal(Cut(GgufPreTokenizer.Find(kind)), Cut(read));
    }

    [Theory]
    [InlineData("bloom", "bloom")]
    [InlineData("falcon", "falcon")]   // it writes bytes before its last cuts
    [InlineData("gpt2_prefix_space", null)]
    public void The_kind_of_a_tokenizer_is_found_by_how_it_cuts(string folder, string? kind) =>
        Assert.Equal(kind, GgufPreTokenizerJson.KindOf(TokenizerJson.Read(Fixture.Path($"tokenizers/{folder}/tokenizer.json"))));

    [Fact]
    public void The_starter_s_vocabulary_written_as_a_tokenizer_json_gives_the_same_ids()
    {
        string folder = Directory.CreateTempSubdirectory("openledger-words-").FullName;
        using GgufFile file = GgufFile.Open(Fixture.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"));
        TokenizerJsonExport.Write(file, folder);
        TokenizerParts parts = TokenizerJson.Read(Path.Combine(folder, "tokenizer.json"));
        Assert.Equal("smollm", GgufPreTokenizerJson.KindOf(parts));
        string text = Text + "<|im_start|>user\nHello<|im_end|>";
        Assert.Equal(Tokenizer.FromGguf(file).Encode(text), new Tokenizer(parts).Encode(text));
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Cut(PreTokenizer way)
    {
        List<Piece> pieces = [];
        way(Piece.All(AlignedText.Of(Text)), pieces);
        return [.. pieces.Select(piece => piece.Span.ToString())];
    }
}
