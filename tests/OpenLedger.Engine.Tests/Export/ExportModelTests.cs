using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Export;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Tensors;
using OpenLedger.Fixtures.Areas;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Export;

/// <summary>Whole exports of tiny models; that every family's numbers stay is in the sweep.</summary>
public sealed class ExportModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openledger-export-tests-").FullName;

    private static string Mixed => Fixture.Path("gguf/llama-q4_k_m-mix.gguf");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ExportFormat.Adapter)]
    [InlineData(ExportFormat.Safetensors)]
    [InlineData(ExportFormat.GgufF16)]
    [InlineData(ExportFormat.GgufQ8)]
    public void A_GGUF_base_with_an_adapter_leaves_and_answers_the_same(ExportFormat format)
    {
        SelfTestResult result = Export(Mixed, format);
        Assert.Null(result.Failure);
        Assert.Equal(20, result.Prompts);
        if (!format.IsQuantised()) Assert.InRange(result.Identical, format == ExportFormat.GgufF16 ? 18 : 20, 20);
        else Assert.InRange(result.Rise, -0.02, 0.05);
        Assert.Contains("## Contributors", File.ReadAllText(Target("README.md")), StringComparison.Ordinal);
        Assert.True(File.Exists(Target("self-test.json")));
    }

    [Theory]
    [InlineData(ExportFormat.Adapter)]
    [InlineData(ExportFormat.Safetensors)]
    [InlineData(ExportFormat.GgufF16)]
    public void On_a_tied_base_an_embedding_that_learned_whole_leaves_beside_the_output_layer_that_did_not(ExportFormat format)
    {
        string folder = Checkpoint("llama-tied-bias");
        SelfTestResult result = Export(folder, format, WholeParts);
        Assert.Null(result.Failure);
        if (format == ExportFormat.GgufF16) return;
        Assert.Equal(20, result.Identical);
    }

    [Fact]
    public void A_checkpoint_base_leaves_as_GGUF_with_words_and_template_made_from_its_tokenizer()
    {
        string folder = Checkpoint("llama");
        File.WriteAllText(Path.Combine(folder, "chat_template.jinja"), "{% for m in messages %}[{{ m.role }}] {{ m.content }}<|im_end|>\n{% endfor %}[assistant] ");
        Assert.Null(Export(folder, ExportFormat.GgufF16).Failure);
        using GgufFile file = GgufFile.Open(Target("model-F16.gguf"));
        Assert.Equal(("llama", "gpt2", "gpt-2"), (file.Text("general.architecture"), file.Text("tokenizer.ggml.model"), file.Text("tokenizer.ggml.pre")));
        Assert.StartsWith("{% for m in messages", file.Text("tokenizer.chat_template"), StringComparison.Ordinal);
        using ChatModel chat = ChatModel.Load(file.Path, cancel: Cancel);
        Assert.Contains(chat.Tokenizer.TokenId("<|im_end|>")!.Value, chat.Dialect.StopTokens);
    }

    [Fact]
    public void Rows_of_the_embedding_that_no_token_has_say_nothing_where_an_export_once_said_PAD294()
    {
        Assert.Null(Export(Checkpoint("llama"), ExportFormat.GgufF16).Failure);
        using ChatModel chat = ChatModel.Load(Target("model-F16.gguf"), cancel: Cancel);
        int[] past = [chat.Tokenizer.TokenId("the")!.Value, chat.Tokenizer.VocabularySize, chat.Model.Config.Vocabulary - 1];
        Assert.Equal("the", chat.Tokenizer.Decode(past));
    }

    [Fact]
    public void A_bases_own_alignment_is_not_said_of_an_export_that_is_aligned_otherwise()
    {
        string aligned = Path.Combine(_folder, "aligned.gguf");
        using (GgufFile file = GgufFile.Open(Mixed))
        {
            GgufWriter.Write(aligned, [.. file.Metadata, new("general.alignment", 32u)],
                [.. file.Tensors.Select(tensor => new GgufEntry(tensor.Name, GgufType.F32, tensor.Shape, () => file.Dequantize(tensor.Name)))], Cancel);
        }
        Assert.Null(Export(aligned, ExportFormat.GgufF16).Failure);
        using GgufFile written = GgufFile.Open(Target("model-F16.gguf"));
        Assert.DoesNotContain("general.alignment", written.Metadata.Keys);
    }

    [Fact]
    public void What_GGUF_cannot_say_is_refused_with_another_form_and_nothing_is_left()
    {
        string folder = Checkpoint("gemma2");   // its attention scale is not llama.cpp's
        ExportException refusal = Assert.Throws<ExportException>(() => Export(folder, ExportFormat.GgufF16));
        Assert.Contains("export merged safetensors instead", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
        Assert.Empty(Directory.EnumerateDirectories(_folder, ".*"));
    }

    [Fact]
    public void A_model_that_answers_otherwise_fails_the_test()
    {
        using LanguageModel model = LanguageModel.Load(Mixed, cancel: Cancel);
        using LoraWeights adapter = RandomAdapter(model);
        SelfTest test = SelfTest.Take(model, adapter, [[1, 20, 30], [1, 40, 50, 60]], Cancel);
        Assert.Null(test.Compare(model, adapter, ExportFormat.Safetensors, Cancel).Failure);
        Assert.Contains("where the Studio says", test.Compare(model, null, ExportFormat.Safetensors, Cancel).Failure, StringComparison.Ordinal);
        Assert.Contains("more than rounding explains", test.Compare(model, null, ExportFormat.GgufQ8, Cancel).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_cannot_be_broken_by_what_people_typed()
    {
        ModelCard card = Card() with { Name = "x\n---\nlicense: mit", Summary = "a | b\n# c" };
        string[] lines = card.Write(ExportFormat.Adapter, new SelfTestResult(20, 20, 480, 3, 3, null)).Split('\n');
        Assert.Equal(2, lines.Count(line => line == "---"));
        Assert.Single(lines, line => line.StartsWith("license:", StringComparison.Ordinal));
        Assert.Equal("# x --- license: mit", lines.Single(line => line.StartsWith("# ", StringComparison.Ordinal)));
    }

    private string Target(string name) => Path.Combine(_folder, "out", name);

    private SelfTestResult Export(string basePath, ExportFormat format) => Export(basePath, format, RandomAdapter);

    private SelfTestResult Export(string basePath, ExportFormat format, Func<LanguageModel, LoraWeights> make)
    {
        string adapter = Path.Combine(_folder, "adapter");
        using (LanguageModel model = LanguageModel.Load(basePath, cancel: Cancel))
        using (LoraWeights weights = make(model))
        {
            AdapterFile.Write(adapter, weights, "tiny");
        }
        return new ExportModel(new ExportRequest(basePath, adapter, format, Card(), ["What is this?"])).Write(Path.Combine(_folder, "out"), Cancel);
    }

    private static ModelCard Card() => new() { Name = "Tiny", Base = "tiny", BaseHash = "00", Licence = "Apache-2.0", WeightsHash = "11", AttributionLink = "http://127.0.0.1/trace/x" };

    private string Checkpoint(string family)
    {
        string folder = Path.Combine(_folder, family);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Fixture.Path($"families/{family}"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        ByteWords.Write(folder);
        return folder;
    }

    private static LoraWeights WholeParts(LanguageModel model)
    {
        LoraConfig config = new(4, 8, 0, ["q_proj"]) { ModulesToSave = ["embed_tokens", "model.norm"], Bias = LoraBias.All };
        LoraWeights weights = FreshAdapter.Create(config, model.AdapterBase, 3, CPU, model.WeightOf, model.TensorOf);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using Generator random = new(5, CPU);
        foreach (Tensor value in weights.Replacements.Values) value.add_(rand(value.shape, generator: random).sub_(0.5), alpha: 0.1);
        return weights;
    }

    private static LoraWeights RandomAdapter(LanguageModel model)
    {
        LoraWeights weights = LoraWeights.Create(new LoraConfig(4, 8, 0, ["q_proj", "k_proj", "down_proj"]), model.Linears, 3, CPU);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable constant = no_grad();
        using Generator random = new(3, CPU);
        foreach (LoraPair pair in weights.Pairs.Values) pair.B.copy_(rand(pair.B.shape, generator: random).sub_(0.5));
        return weights;
    }
}
