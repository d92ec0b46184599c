using System.Diagnostics;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Benchmarks;

/// <summary>LoRA training on the starter model as a share of what libtorch's own products of its shapes reach, measured beside it.</summary>
internal static class TrainingBenchmark
{
    private const int Batch = 4, Tokens = 256, Steps = 3;

    public static IEnumerable<Figure> Run()
    {
        using LanguageModel model = LanguageModel.Load(Repository.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"));
        double product = ProductRate();
        double parameters = model.Linears.Values.Sum(linear => (double)linear.In * linear.Out);
        foreach ((string name, string[] targets) in new (string, string[])[] { ("q_v", ["q_proj", "v_proj"]), ("all_linear", [LoraConfig.AllLinear]) })
        {
            double rate = TokensPerSecond(model, new LoraConfig(8, 16, 0, targets));
            yield return new($"training.rate_{name}", rate, "tokens/s", "higher", "LoRA r8, 4 x 256 tokens");
            bool barred = name == "q_v";
            yield return new($"training.arithmetic_{name}", 4 * parameters * rate / product, "share", "higher", $"libtorch products {product / 1e9:F0} GFLOP/s", barred ? 0.70 : null, barred ? 0.85 : null);
        }
    }

    // [1024, 576] x [576, 1536] and back: the shapes of this model's feed-forward at 4 x 256 tokens.
    private static double ProductRate()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn(1024, 576), w = randn(1536, 576), back = randn(576, 1536);
        double best = 0;
        for (int round = 0; round < 12; round++)
        {
            using DisposeScope one = NewDisposeScope();
            long began = Stopwatch.GetTimestamp();
            Tensor up = nn.functional.linear(x, w);
            Tensor down = nn.functional.linear(up, back);
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            best = Math.Max(best, 2 * 2.0 * 1024 * 576 * 1536 / seconds);
        }
        return best;
    }

    private static double TokensPerSecond(LanguageModel model, LoraConfig config)
    {
        using LoraWeights adapter = LoraWeights.Create(config, model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        TrainingStep step = new(model, adapter, optimizer, 0, 1);
        EncodedRow[] rows = [.. Enumerable.Range(0, Batch).Select(Row)];
        step.Run([rows], 1e-4, 0);
        double best = double.MaxValue;
        for (int i = 0; i < Steps; i++)
        {
            long began = Stopwatch.GetTimestamp();
            step.Run([rows], 1e-4, i);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return Batch * Tokens / best;
    }

    // Every token is learned: the whole batch goes through the head, as in a plain loop.
    private static EncodedRow Row(int number) => new(
        $"row-{number}", [.. Enumerable.Range(0, Tokens).Select(t => 100 + (t * 31 + number * 977) % 40000)], [.. Enumerable.Repeat(true, Tokens)]);
}
