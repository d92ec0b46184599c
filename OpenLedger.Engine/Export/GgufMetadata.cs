using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Export;

/// <summary>What a GGUF file says before its tensors: architecture, sizes, words. Writes no file.</summary>
internal static class GgufMetadata
{
    private const uint QuantizationVersion = 2;   // GGML_QNT_VERSION
    private static readonly string[] Replaced = ["general.name", "general.file_type", "general.quantization_version", "general.alignment"];   // the writer aligns by the format's own 32

    public static IReadOnlyList<KeyValuePair<string, object>> For(MergedModel model, string basePath, string name, ExportFormat format)
    {
        List<KeyValuePair<string, object>> metadata = File.Exists(basePath) ? OfFile(basePath) : OfFolder(model, basePath);
        metadata.Insert(1, new("general.name", name));
        metadata.Insert(2, new("general.file_type", format.FileType()));
        if (format.IsQuantised()) metadata.Insert(3, new("general.quantization_version", QuantizationVersion));
        return metadata;
    }

    // A GGUF base says all of it itself.
    private static List<KeyValuePair<string, object>> OfFile(string path)
    {
        using GgufFile file = GgufFile.Open(path);
        return [.. file.Metadata.Where(entry => !Replaced.Contains(entry.Key) && !entry.Key.StartsWith("split.", StringComparison.Ordinal))
            .OrderByDescending(entry => entry.Key == "general.architecture")];
    }

    private static List<KeyValuePair<string, object>> OfFolder(MergedModel model, string folder)
    {
        ModelConfig config = model.Config;
        string a = GgufRules.Architecture(config);
        List<KeyValuePair<string, object>> metadata =
        [
            new("general.architecture", a),
            new("general.type", "model"),
            new($"{a}.block_count", (uint)config.Layers),
            new($"{a}.context_length", (uint)config.MaxPositions),
            new($"{a}.embedding_length", (uint)config.Width),
            new($"{a}.feed_forward_length", (uint)config.Inner),
            new($"{a}.attention.head_count", (uint)config.Heads),
            new($"{a}.attention.head_count_kv", (uint)config.KeyValueHeads),
            new($"{a}.attention.key_length", (uint)config.HeadWidth),
            new($"{a}.attention.value_length", (uint)config.HeadWidth),
            new($"{a}.attention.layer_norm_rms_epsilon", (float)config.NormEpsilon),
            new($"{a}.vocab_size", (uint)config.Vocabulary),
        ];
        metadata.AddRange(Rotary(config, a));
        if (config.Window is { } window && a != "llama") metadata.Add(new($"{a}.attention.sliding_window", (uint)window));
        if (config.AttentionCap is { } cap) metadata.Add(new($"{a}.attn_logit_softcapping", (float)cap));
        if (config.LogitCap is { } final) metadata.Add(new($"{a}.final_logit_softcapping", (float)final));
        metadata.AddRange(GgufWords.Read(folder, config.Vocabulary));
        return metadata;
    }

    private static IEnumerable<KeyValuePair<string, object>> Rotary(ModelConfig config, string a)
    {
        if (config.Rotary is not { } rotary) yield break;
        yield return new($"{a}.rope.dimension_count", (uint)rotary.Dimensions);
        yield return new($"{a}.rope.freq_base", (float)rotary.Base);
        if (config.WindowRotary is { } window) yield return new($"{a}.rope.freq_base_swa", (float)window.Base);
        if (rotary.Scaling is RotaryScaling.Linear linear)
        {
            yield return new($"{a}.rope.scaling.type", "linear");
            yield return new($"{a}.rope.scaling.factor", (float)linear.Factor);
        }
        else if (rotary.Scaling is RotaryScaling.Yarn yarn)
        {
            yield return new($"{a}.rope.scaling.type", "yarn");
            yield return new($"{a}.rope.scaling.factor", (float)yarn.Factor);
            yield return new($"{a}.rope.scaling.original_context_length", (uint)yarn.OriginalPositions);
        }
    }
}
