using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Export;

/// <summary>Writes a merged model as one GGUF file that llama.cpp and our own reader load. Merges nothing itself.</summary>
internal static class GgufExport
{
    /// <param name="basePath">The base's file or folder: its words and settings go into the file.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="ExportException">GGUF, or our reader of it, has no place for something this model is.</exception>
    public static void Write(string path, MergedModel model, string basePath, string name, ExportFormat format, CancellationToken cancel)
    {
        IReadOnlyList<KeyValuePair<string, object>> metadata = GgufMetadata.For(model, basePath, name, format);
        GgufWriter.Write(path, metadata, [.. Entries(model, format)], cancel);
        using GgufFile written = GgufFile.Open(path);
        GgufRules.RequireSame(model, GgufFamilies.Read(written).Config);
    }

    private static IEnumerable<GgufEntry> Entries(MergedModel model, ExportFormat format)
    {
        ModelConfig config = GgufRules.AsStored(model.Config);
        GgufNames names = new(model.Names);
        foreach ((string name, IReadOnlyList<long> shape) in model.Shapes)
            yield return new GgufEntry(names.Of(name), TypeOf(name, shape, model, format), shape, () => Numbers(name, shape, model, config));
        if (RotaryDivisors.Of(model.Config.Rotary) is { } divisors) yield return new GgufEntry("rope_freqs.weight", GgufType.F32, [divisors.Length], () => divisors);
    }

    private static GgufType TypeOf(string name, IReadOnlyList<long> shape, MergedModel model, ExportFormat format)
    {
        if (shape.Count < 2) return GgufType.F32;   // norms and biases: small, and sensitive
        bool output = name == $"{model.Names.Head}.weight" || name == $"{model.Names.Embedding}.weight";
        // The output layer feels rounding most: 8 bits even in a file of four, where llama.cpp takes six.
        GgufType wanted = output && format == ExportFormat.GgufQ4 ? GgufType.Q8_0 : format.MatrixType();
        return shape[^1] % wanted.BlockSize() == 0 ? wanted : GgufType.F16;
    }

    private static float[] Numbers(string name, IReadOnlyList<long> shape, MergedModel model, ModelConfig config)
    {
        float[] values = model.Read(name);
        // Gemma's norms are one plus what the checkpoint holds; GGUF holds the sum.
        if (model.Config.Norm == NormKind.RmsPlusOne && name.EndsWith("norm.weight", StringComparison.Ordinal)) return Array.ConvertAll(values, value => value + 1);
        return GgufNames.RowOrder(config, model.Names, name) is { } order ? Paired(values, shape[0], order) : values;
    }

    private static float[] Paired(float[] values, long rows, Func<long, long> order)
    {
        float[] stored = new float[values.Length];
        int width = (int)(values.Length / rows);
        for (long row = 0; row < rows; row++) values.AsSpan((int)(row * width), width).CopyTo(stored.AsSpan((int)(order(row) * width)));
        return stored;
    }
}
