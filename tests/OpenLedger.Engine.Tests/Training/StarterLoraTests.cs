using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>First steps of a LoRA run on the real starter model equal those of transformers and PEFT; the sweep plays all twenty.</summary>
public class StarterLoraTests
{
    private const int Steps = 4;

    [Fact]
    public void Losses_and_gradient_norms_equal_PEFT()
    {
        JsonElement[] expected = [.. JsonDocument.Parse(File.ReadAllText(Fixture.Path("smollm2/lora-run.json"))).RootElement.GetProperty("steps").EnumerateArray()];
        Dictionary<string, EncodedRow> rows = Rows();
        using LanguageModel model = LanguageModel.Load(StarterWords.ModelPath);
        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(8, 16, 0, ["q_proj", "v_proj"]), model.Linears, 1, torch.CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        SetInitial(adapter);
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, maxGradientNorm: 1);
        foreach (JsonElement wanted in expected.Take(Steps))
        {
            EncodedRow row = rows[wanted.GetProperty("id").GetString()!];
            Assert.Equal(wanted.GetProperty("tokens").GetInt32(), row.Ids.Length);
            Assert.Equal(wanted.GetProperty("prompt_tokens").GetInt32(), row.Prompt.Length);
            StepResult result = step.Run([[row]], 1e-3, seed: 0);
            Assert.Equal(wanted.GetProperty("loss").GetDouble(), result.Loss, 1e-3);
            Assert.Equal(wanted.GetProperty("grad_norm").GetDouble(), result.GradientNorm, 1e-3);
        }
    }

    private static Dictionary<string, EncodedRow> Rows()
    {
        RowEncoder encoder = StarterWords.Load().Encoder(96);
        return File.ReadLines(Fixture.Path("smollm2/lora-rows.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(row => encoder.Encode(new DatanetRow(
                row.GetProperty("id").GetString()!,
                [new(ChatTurn.User, row.GetProperty("question").GetString()!), new(ChatTurn.Assistant, row.GetProperty("answer").GetString()!)],
                null,
                "0x01")).Row!)
            .ToDictionary(row => row.Id);
    }

    private static void SetInitial(LoraWeights adapter)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("smollm2/init_lora_A.safetensors"));
        using IDisposable noGradient = torch.no_grad();
        foreach ((string name, torch.Tensor value) in adapter.Parameters.Where(p => p.Name.Contains("lora_A", StringComparison.Ordinal)))
        {
            using torch.Tensor initial = torch.tensor(file.ReadFloats("base_model.model." + name), value.shape);
            value.copy_(initial);
        }
    }
}
