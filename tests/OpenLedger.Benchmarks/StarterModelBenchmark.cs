using System.Diagnostics;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Benchmarks;

/// <summary>The starter model on this machine: loading, reading a prompt, writing tokens, with and without an adapter.</summary>
internal static class StarterModelBenchmark
{
    private const int PromptTokens = 512;
    private const int NewTokens = 32;

    public static IEnumerable<Figure> Run()
    {
        string path = Repository.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        Stopwatch clock = Stopwatch.StartNew();
        using (zeros(1)) { }
        double torchStart = clock.Elapsed.TotalSeconds;
        clock.Restart();
        using LanguageModel model = LanguageModel.Load(path);
        Logits(model, [1], null, null);
        yield return new Figure("starter.file to first logits", clock.Elapsed.TotalSeconds, "s", "lower", $"libtorch's own start of {torchStart:0.00} s, before it", 1.0, 0.4);
        using (LanguageModel again = Timed(() => LanguageModel.Load(path), out double seconds))
        {
            yield return new Figure("starter.loading again", seconds, "s", "lower");
        }
        yield return new Figure("starter.hashing the file", Seconds(() => _ = model.Hash), "s", "lower");

        using LoraWeights adapter = LoraWeights.Create(new LoraConfig(8, 16, 0, ["q_proj", "v_proj"]), model.Linears, 1, CPU);
        long[] prompt = [.. Enumerable.Range(0, PromptTokens).Select(i => 100L + i * 37 % 40000)];
        foreach (LoraWeights? with in new[] { null, adapter })
        {
            string name = with is null ? "starter" : "starter with adapter r8 q,v";
            using KvCache cache = model.NewCache();
            Logits(model, prompt[..64], null, with);
            yield return new Figure($"{name}.reading {PromptTokens} tokens", PromptTokens / Seconds(() => Logits(model, prompt, cache, with)), "tokens/s", "higher");
            Logits(model, [7], cache, with);
            yield return new Figure($"{name}.writing after {PromptTokens}", NewTokens / Seconds(() => Write(model, cache, with)), "tokens/s", "higher");
            cache.Truncate(16);
            yield return new Figure($"{name}.writing after 16", NewTokens / Seconds(() => Write(model, cache, with)), "tokens/s", "higher");
        }
    }

    private static void Write(LanguageModel model, KvCache cache, LoraWeights? adapter)
    {
        for (int i = 0; i < NewTokens; i++) Logits(model, [i], cache, adapter);
    }

    private static void Logits(LanguageModel model, long[] ids, KvCache? cache, LoraWeights? adapter)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        Tensor hidden = model.Hidden(tensor(ids, [1, ids.Length], int64), cache, adapter);
        model.Logits(hidden.narrow(1, ids.Length - 1, 1), adapter).argmax().ToInt64();
    }

    private static double Seconds(Action action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    private static T Timed<T>(Func<T> make, out double seconds)
    {
        Stopwatch clock = Stopwatch.StartNew();
        T made = make();
        seconds = clock.Elapsed.TotalSeconds;
        return made;
    }
}
