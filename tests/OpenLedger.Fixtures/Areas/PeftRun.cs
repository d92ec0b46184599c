using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>A run of 30 steps on the tiny llama as PEFT and transformers' Trainer made it (peft 0.21.2, transformers 5.23.0, float32).</summary>
internal sealed class PeftRun : IDisposable
{
    private readonly SafetensorsFile _file;
    private readonly JsonElement _settings;

    /// <param name="folder">The folder of the trajectories.</param>
    /// <param name="name">The run's file in it, without its ending.</param>
    public PeftRun(string folder, string name)
    {
        _file = SafetensorsFile.Open(Path.Combine(folder, name + ".safetensors"));
        _settings = JsonDocument.Parse(_file.Metadata["config"]).RootElement;
        MicroLosses = _file.ReadFloats("loss");
        GradientNorms = _file.ReadFloats("grad_norm");
        int groups = (int)_file.Tensors["lr"].Shape[1];
        Rates = [.. _file.ReadFloats("lr").Where((_, i) => i % groups == 0)];
    }

    /// <summary>The loss of each batch; a step's is the sum over its batches.</summary>
    public float[] MicroLosses { get; }

    public float[] GradientNorms { get; }

    public float[] Rates { get; }

    public int Accumulation => _settings.GetProperty("grad_accum").GetInt32();

    public double Clip => _settings.GetProperty("clip").GetDouble();

    public double WeightDecay => _settings.GetProperty("weight_decay").GetDouble();

    private double LoraPlusRatio => _settings.GetProperty("loraplus_ratio") is { ValueKind: JsonValueKind.Number } ratio ? ratio.GetDouble() : 0;

    private bool HasNoise => _settings.GetProperty("neftune").ValueKind == JsonValueKind.Number;

    private bool IsPissa => _settings.GetProperty("config").TryGetProperty("init_lora_weights", out JsonElement start) && start.ValueKind == JsonValueKind.String;

    /// <summary>Runs all steps with our trainer: what it found beside what the reference found, and the adapter as it stands after them.</summary>
    /// <param name="folder">The folder of the trajectories.</param>
    /// <param name="recompute">Whether layers are read again on the way back.</param>
    public IEnumerable<PeftStep> Play(LanguageModel model, LoraWeights adapter, string folder, bool recompute = false)
    {
        using AdamW optimizer = new(adapter.Parameters, WeightDecay, LoraPlus.Rates(LoraPlusRatio, Rates[0]));
        int now = 0;
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, Clip) { Recompute = recompute, Noise = HasNoise ? (_, _) => NoiseOf(now) : null };
        EncodedRow[][][] batches = [.. Batches(folder).Chunk(Accumulation)];
        for (; now < Rates.Length; now++)
        {
            StepResult found = step.Run(batches[now], Rates[now], seed: 0);
            yield return new PeftStep(found, MicroLosses.Skip(now * Accumulation).Take(Accumulation).Sum(), GradientNorms[now]);
        }
    }

    /// <summary>A base weight after PiSSA took its part off, or null where the run did not.</summary>
    public float[]? Residual(string module) => _file.Tensors.ContainsKey($"residual.{module}.weight") ? _file.ReadFloats($"residual.{module}.weight") : null;

    private Tensor NoiseOf(int step)
    {
        long[] shape = [.. _file.Tensors["noise"].Shape];
        int size = (int)(shape[1] * shape[2] * shape[3]);
        return tensor(_file.ReadFloats("noise").AsSpan(step * size, size).ToArray(), [shape[1], shape[2], shape[3]]);
    }

    /// <summary>The adapter as it stood at <paramref name="moment"/> (<c>init</c>, <c>step30</c>), by PEFT key.</summary>
    public IReadOnlyDictionary<string, float[]> Adapter(string moment) =>
        _file.Tensors.Keys.Where(key => key.StartsWith(moment + ".", StringComparison.Ordinal)).ToDictionary(key => key[(moment.Length + 1)..], _file.ReadFloats);

    /// <summary>The adapter that the run began with, read through PEFT's file format.</summary>
    public LoraWeights ReadInitial(LanguageModel model)
    {
        LoraWeights read = ReadAdapter(_file, "init.", _settings.GetProperty("config").GetRawText(), model);
        if (!IsPissa) return read;
        using DisposeScope scope = NewDisposeScope();
        using LoraWeights asRead = read;
        LoraWeights started = new(read.Config, read.Pairs.ToDictionary(pair => pair.Key, pair => pair.Value with
        {
            A = pair.Value.A.detach().clone(),
            B = pair.Value.B.detach().clone(),
            Origin = new LoraPair(pair.Value.A.detach().clone(), pair.Value.B.detach().clone(), pair.Value.Scale),
        }));
        foreach ((_, Tensor value) in started.Parameters) value.requires_grad = true;
        return started;
    }

    /// <summary>An adapter out of a file's tensors of one prefix, read through PEFT's file format and ready to learn.</summary>
    public static LoraWeights ReadAdapter(SafetensorsFile file, string prefix, string config, LanguageModel model)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("peft-run");
        SafetensorsWriter.Write(
            Path.Combine(folder.FullName, "adapter_model.safetensors"),
            file.Tensors.Values.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tensor => SafetensorsEntry.Of(tensor.Name[prefix.Length..], file.ReadFloats(tensor.Name), [.. tensor.Shape])));
        File.WriteAllText(Path.Combine(folder.FullName, "adapter_config.json"), WholeConfig(config));
        LoraWeights adapter = AdapterFile.Read(folder.FullName, model.AdapterBase, CPU);
        folder.Delete(recursive: true);
        foreach ((_, Tensor value) in adapter.Parameters) value.requires_grad = true;
        return adapter;
    }

    /// <summary>The run's batches in order; those without accumulation use one a step.</summary>
    public static IReadOnlyList<EncodedRow[]> Batches(string folder)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "microbatches.safetensors"));
        return [.. RowsOf(file).Chunk((int)file.Tensors["input_ids"].Shape[1])];
    }

    /// <summary>All rows of a file's <c>input_ids</c>, <c>labels</c> and <c>attention_mask</c>, whatever batches they stand in.</summary>
    public static IReadOnlyList<EncodedRow> RowsOf(SafetensorsFile file)
    {
        long[] ids = file.ReadIntegers("input_ids"), labels = file.ReadIntegers("labels"), mask = file.ReadIntegers("attention_mask");
        int width = (int)file.Tensors["input_ids"].Shape[^1];
        return [.. Enumerable.Range(0, ids.Length / width).Select(row => RowAt(ids, labels, mask, row, width))];
    }

    public void Dispose() => _file.Dispose();

    private static EncodedRow RowAt(long[] ids, long[] labels, long[] mask, int row, int width)
    {
        int length = (int)mask.AsSpan(row * width, width).ToArray().Sum();
        return new(
            $"row-{row}",
            [.. ids.AsSpan(row * width, length).ToArray().Select(id => (int)id)],
            [.. labels.AsSpan(row * width, length).ToArray().Select(label => label != -100)]);
    }

    private static string WholeConfig(string text)
    {
        Dictionary<string, object> config = new() { ["peft_type"] = "LORA", ["task_type"] = "CAUSAL_LM", ["base_model_name_or_path"] = "base" };
        foreach (JsonProperty property in JsonDocument.Parse(text).RootElement.EnumerateObject()) config[property.Name] = property.Value;
        config.Remove("init_lora_weights");   // the tensors are asked for as they stand, whatever was taken off the base
        return JsonSerializer.Serialize(config);
    }
}

/// <summary>One step of a run: ours beside the reference's.</summary>
internal sealed record PeftStep(StepResult Found, double Loss, double GradientNorm)
{
    public double LossDeviation => Math.Abs(Found.Loss - Loss) / Loss;

    public double NormDeviation => Math.Abs(Found.GradientNorm - GradientNorm) / GradientNorm;
}
