using System.Diagnostics;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Benchmarks;

/// <summary>LoRA training on the starter model: against libtorch's own products, against a plain loop, and what memory it takes.</summary>
internal static class TrainingBenchmark
{
    private const int Batch = TrainingShapes.Batch, Tokens = 256, Steps = 3;

    public static IEnumerable<Figure> Run() => Arithmetic().Concat(Natural()).Concat(Memory());

    private static IEnumerable<Figure> Arithmetic()
    {
        using LanguageModel model = LanguageModel.Load(Repository.Starter(TrainingShapes.StarterModel));
        double product = ProductRate();
        // The output layer's too: every token of this batch goes through it, and the peer's figure (240 tokens/s for 129 GFLOP/s) counts it.
        double parameters = model.Linears.Values.Sum(linear => (double)linear.In * linear.Out) + (double)model.Config.Vocabulary * model.Config.Width;
        foreach ((string name, LoraConfig config) in new[] { ("q_v", TrainingShapes.QueryValue), ("all_linear", TrainingShapes.QueryValue with { TargetModules = [LoraConfig.AllLinear] }) })
        {
            double rate = TokensPerSecond(model, config);
            product = Math.Max(product, ProductRate());
            yield return new($"training.rate_{name}", rate, "tokens/s", "higher", "LoRA r8, 4 x 256 tokens");
            bool barred = name == "q_v";
            yield return new($"training.arithmetic_{name}", 4 * parameters * rate / product, "share", "higher", $"libtorch products {product / 1e9:F0} GFLOP/s", barred ? 0.70 : null, barred ? 0.85 : null);
        }
    }

    private static IEnumerable<Figure> Natural()
    {
        EncodedRow[] rows = TrainingShapes.MedQuad(TrainingShapes.NaturalRows);
        using LanguageModel model = LanguageModel.Load(Repository.Starter(TrainingShapes.StarterModel));
        int learned = rows.Sum(row => row.LearnedTokens);
        double ours = learned / SecondsOf(model, packed: true, rows), plain = learned / SecondsOf(model, packed: false, rows);
        yield return new("training.learned_packed", ours, "tokens/s", "higher", $"{rows.Length} MedQuAD rows, {rows.Sum(row => row.Ids.Length)} tokens, {learned} learned; {rows.Chunk(Batch).Sum(batch => batch.Length * batch.Max(row => row.Ids.Length))} places when padded");
        yield return new("training.learned_plain_loop", plain, "tokens/s", "higher", "padded batch of 4, all logits");
        yield return new("training.packing", ours / plain, "times", "higher", "packed and answer tokens alone, against that loop", 2, 3);
    }

    private static IEnumerable<Figure> Memory()
    {
        double plain = MemoryProbe.Peak("batch-plain"), batch = MemoryProbe.Peak("batch"), lora = MemoryProbe.Peak("lora"), qlora = MemoryProbe.Peak("qlora");
        yield return new("training.memory_batch", batch / plain, "share", "lower", $"{batch / 1e9:F2} GB of {plain / 1e9:F2} GB: those rows, whole process", 0.50, 0.30);
        yield return new("training.memory_batch_recomputed", MemoryProbe.Peak("batch-recomputed") / plain, "share", "lower", "the same, layers computed twice");
        yield return new("training.memory_qlora", qlora / lora, "share", "lower", $"{qlora / 1e9:F2} GB of {lora / 1e9:F2} GB: 4 x 256 tokens, whole process from loading on", 0.45, 0.30);
        yield return new("training.memory_int8", MemoryProbe.Peak("int8") / lora, "share", "lower", "the same with a base of 8 bits");
        yield return new("training.memory_cancelled", MemoryProbe.Peak(MemoryProbe.Cancelled), "times", "lower", "resident after 50 runs started and cancelled, of that after 10", 1.1);
        yield return new("training.memory_lora_recomputed", MemoryProbe.Peak("lora-recomputed") / lora, "share", "lower", "the same in float32, layers computed twice");
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

    // Every token is learned: the whole batch goes through the head, as in a plain loop.
    private static double TokensPerSecond(LanguageModel model, LoraConfig config)
    {
        using LoraWeights adapter = LoraWeights.Create(config, model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        TrainingStep step = new(model, adapter, optimizer, 0, 1);
        EncodedRow[] rows = TrainingShapes.Even(Batch, Tokens);
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

    // The first batch is read once to warm up.
    private static double SecondsOf(LanguageModel model, bool packed, EncodedRow[] rows)
    {
        using LoraWeights adapter = LoraWeights.Create(TrainingShapes.QueryValue, model.Linears, 1, CPU);
        using AdamW optimizer = new(adapter.Parameters, 0.01);
        TrainingStep step = new(model, adapter, optimizer, 0, 1) { Packing = true };
        void Learn(EncodedRow[] batch)
        {
            if (packed) step.Run([batch], 1e-4, 0);
            else TrainingShapes.PlainStep(model, adapter, optimizer, batch);
        }
        EncodedRow[][] batches = [.. rows.Chunk(Batch)];
        Learn(batches[0]);
        long began = Stopwatch.GetTimestamp();
        foreach (EncodedRow[] batch in batches) Learn(batch);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
