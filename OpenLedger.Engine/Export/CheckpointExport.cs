using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Export;

/// <summary>Writes a merged model as a checkpoint folder: config.json, tokenizer, safetensors in float32. Merges nothing itself.</summary>
internal static class CheckpointExport
{
    // What a tokenizer may consist of; a base's other files (weights, its own card) stay behind.
    private static readonly string[] Words =
        ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "generation_config.json", "chat_template.jinja"];

    public static void Write(string folder, MergedModel model, string basePath, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        CheckpointConfig.Write(folder, model, basePath);
        if (Directory.Exists(basePath)) CopyWords(basePath, folder);
        else
        {
            using GgufFile file = GgufFile.Open(basePath);
            TokenizerJsonExport.Write(file, folder);
        }
        // A GGUF file has added Gemma's one to the norms; a checkpoint holds what is to be added to it.
        bool lessOne = model.Config.Norm == NormKind.Rms && model.Config.Family.StartsWith("gemma", StringComparison.Ordinal);
        SafetensorsWriter.WriteFloats(
            Path.Combine(folder, "model.safetensors"),
            model.Shapes.Select(tensor => new SafetensorsFloats(tensor.Key, tensor.Value, () => Numbers(model, tensor.Key, lessOne))),
            new Dictionary<string, string> { ["format"] = "pt" }, cancel);
    }

    private static float[] Numbers(MergedModel model, string name, bool lessOne)
    {
        float[] values = model.Read(name);
        return lessOne && name.EndsWith("norm.weight", StringComparison.Ordinal) ? Array.ConvertAll(values, value => value - 1) : values;
    }

    private static void CopyWords(string from, string to)
    {
        foreach (string name in Words)
        {
            string file = Path.Combine(from, name);
            if (File.Exists(file)) File.Copy(file, Path.Combine(to, name), overwrite: true);
        }
    }
}
