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
        string a = GgufRules.Architecture(model.Config);
        return
        [
            new("general.architecture", a),
            new("general.type", "model"),
            .. GgufSizes.Of(model.Config).Select(size => KeyValuePair.Create($"{a}.{size.Key}", size.Value)),
            .. GgufWords.Read(folder, model.Config.Vocabulary),
        ];
    }
}
