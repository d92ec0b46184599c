using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Tests.Hub;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Serving;

public sealed class TryModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-try-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("llama", 512)]
    [InlineData("gpt2", 128)]
    [InlineData("gemma2", 512)]
    public async Task A_model_of_any_family_is_tried_as_a_person_would(string family, int context)
    {
        TinyModelFolder.Write(_folder, Fixture.Path($"families/{family}"));
        (ModelCheck check, Sha256Hash hash) = await TryModel.RunAsync(_folder, TimeProvider.System, Cancel);
        Assert.Equal((family, context, true, true, TryModel.Tokens), (check.Family, check.Context, check.KeepsText, check.HasTemplate, check.Tokens));
        Assert.Equal(Sha256Hash.Of(File.ReadAllBytes(Path.Combine(_folder, "model.safetensors"))), hash);
        Assert.True(check.MemoryBytes >= check.Parameters * 4 && check.Parameters > 10_000);
        Assert.True(check.TokensPerSecond > 0);
    }

    [Fact]
    public async Task A_model_with_a_tokenizer_model_alone_is_tried_and_says_where_its_words_came_from()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"), template: null);
        File.Delete(Path.Combine(_folder, "tokenizer.json"));
        File.WriteAllBytes(Path.Combine(_folder, "tokenizer.model"), new Tokenization.PieceFile().Of("▁", "▁T", "w", "o").ToArray());
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), """{"tokenizer_class":"ChatGLMTokenizer"}""");
        (ModelCheck check, _) = await TryModel.RunAsync(_folder, TimeProvider.System, Cancel);
        Assert.Equal(("tokenizer.model", true, false, TryModel.Tokens), (check.WordsFrom, check.KeepsText, check.HasTemplate, check.Tokens));
    }

    [Fact]
    public async Task A_vocabulary_of_another_model_is_refused_before_the_embedding_is_asked_for_rows_it_has_not()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"));
        File.Copy(Fixture.Path("tokenizers/llama2_legacy/tokenizer.json"), Path.Combine(_folder, "tokenizer.json"), overwrite: true);
        Assert.Contains("and the weights 320: they belong to different models", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_answer_with_no_numbers_are_refused()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"));
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "model.safetensors"));
        using (SafetensorsFile file = SafetensorsFile.Open(Path.Combine(_folder, "model.safetensors")))
        {
            SafetensorsTensor norm = file.Require("model.norm.weight");
            BitConverter.GetBytes(float.NaN).CopyTo(bytes, norm.Begin);
        }
        File.WriteAllBytes(Path.Combine(_folder, "model.safetensors"), bytes);
        Assert.Contains("not finite", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_template_the_turn_marks_of_the_vocabulary_are_used()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"), template: null);
        (_, ChatDialect dialect) = ChatDialect.Read(_folder);
        Assert.False(dialect.IsTemplateOwn);
        Assert.Empty(dialect.StopTexts);
        Assert.Equal("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n", Render(dialect));
    }

    [Fact]
    public void A_vocabulary_without_turn_marks_is_talked_to_in_plain_words_and_the_next_question_ends_the_answer()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/gpt2"), template: null, marks: false);
        (_, ChatDialect dialect) = ChatDialect.Read(_folder);
        Assert.Equal("<s>User: Hello\n\nAssistant:", Render(dialect));
        Assert.Equal(["\nUser:"], dialect.StopTexts);
        Assert.Equal("<s>User: a\n\nAssistant: b</s>\n\n", ChatTemplate.Parse(dialect.Template).Render([new(ChatTurn.User, "a "), new(ChatTurn.Assistant, " b")], false, "<s>", "</s>"));
    }

    [Fact]
    public void A_base_without_a_template_is_trained_by_its_familys_custom()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/gpt2"), template: null, marks: false);
        using TrainingBase on = TrainingBase.Open(_folder, "tiny", cancel: Cancel);
        Assert.Equal("<s>User: Hello\n\nAssistant:", on.Tokenizer.Decode(on.Encoder(100).EncodePrompt([new(ChatTurn.User, "Hello")]), skipSpecialTokens: false));
        Assert.Equal([2], on.Stops);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_says_so()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"));
        File.Delete(Path.Combine(_folder, "tokenizer.json"));
        Assert.Contains("no tokenizer.json", Assert.Throws<OpenLedger.Engine.Tokenization.TokenizerException>(() => ChatModel.Load(_folder, cancel: Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_in_which_a_field_stands_twice_is_refused()
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"));
        string path = Path.Combine(_folder, "config.json");
        File.WriteAllText(path, "{\"vocab_size\": 8," + File.ReadAllText(path).TrimStart()[1..]);
        Assert.Contains("is no model configuration", Assert.Throws<ModelException>(() => LanguageModel.Load(_folder, cancel: Cancel)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", 5 << 20, "a model configuration has at most")]
    [InlineData("model.safetensors.index.json", 65 << 20, "an index has at most")]
    [InlineData("tokenizer_config.json", 33 << 20, "are the most")]
    public void A_text_file_without_measure_is_refused_before_it_is_read(string name, long length, string fact)
    {
        TinyModelFolder.Write(_folder, Fixture.Path("families/llama"));
        using (FileStream vast = new(Path.Combine(_folder, name), FileMode.Create)) vast.SetLength(length);   // sparse: takes no disk
        Assert.Contains(fact, Assert.ThrowsAny<Exception>(() => name == "tokenizer_config.json" ? (IDisposable)ChatModel.Load(_folder, cancel: Cancel) : LanguageModel.Load(_folder, cancel: Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_larger_than_the_machine_is_refused_before_anything_is_allocated()
    {
        long vast = ModelMemory.OfMachine / sizeof(float) + 1;
        Assert.Contains("GB of memory; this machine has", Assert.Throws<ModelException>(() => ModelMemory.Require(vast)).Message, StringComparison.Ordinal);
        ModelMemory.Require(1_000);
    }

    private async Task<string> RefusedAsync() => (await Assert.ThrowsAsync<ModelException>(() => TryModel.RunAsync(_folder, TimeProvider.System, Cancel))).Message;

    private static string Render(ChatDialect dialect) => ChatTemplate.Parse(dialect.Template).Render([new(ChatTurn.User, "Hello")], true, dialect.BeginText, dialect.EndText);
}
