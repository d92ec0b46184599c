using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Export;

/// <summary>Writes a merged model as one GGUF file that llama.cpp and our own reader load. Merges nothing itself.</summary>
internal static class GgufExport
{
    // Small and sensitive, so that llama.cpp's converter leaves them whole too.
    private static readonly string[] Whole = ["position_embd.weight", "ffn_gate_inp.weight", "ffn_gate_inp_shexp.weight"];

    /// <param name="basePath">The base's file or folder: its words and settings go into the file.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="ExportException">GGUF, or our reader of it, has no place for something this model is.</exception>
    public static void Write(string path, MergedModel model, string basePath, string name, ExportFormat format, CancellationToken cancel)
    {
        IReadOnlyList<KeyValuePair<string, object>> metadata = GgufMetadata.For(model, basePath, name, format);
        GgufRules.RequireKnownBiases(model);
        GgufWriter.Write(path, metadata, [.. Entries(model, format)], cancel);
        using GgufFile written = GgufFile.Open(path);
        GgufRules.RequireSame(model, GgufFamilies.Read(written).Config);
    }

    private static IEnumerable<GgufEntry> Entries(MergedModel model, ExportFormat format)
    {
        ModelConfig config = GgufRules.AsStored(model.Config);
        GgufNames names = new(model.Names);
        foreach (var tensor in model.Shapes.GroupBy(shape => names.Of(shape.Key).Tensor, StringComparer.Ordinal))   // experts share one, in their order
        {
            string first = tensor.First().Key;
            IReadOnlyList<long> stored = tensor.First().Value, shape = model.IsTransposed(first) ? [stored[1], stored[0]] : stored;
            IReadOnlyList<long> whole = names.Of(first).Expert is null ? shape : [tensor.Count(), .. shape];
            yield return new GgufEntry(tensor.Key, TypeOf(tensor.Key, whole, format), whole, () => [.. tensor.SelectMany(part => Numbers(part.Key, shape, model, config))]);
        }
        if (RotaryDivisors.Of(model.Config.Rotary) is { } divisors) yield return new GgufEntry("rope_freqs.weight", GgufType.F32, [divisors.Length], () => divisors);
    }

    private static GgufType TypeOf(string name, IReadOnlyList<long> shape, ExportFormat format)
    {
        if (shape.Count < 2 || Whole.Any(name.EndsWith)) return GgufType.F32;   // norms and biases: small, and sensitive
        // The output layer feels rounding most: 8 bits even in a file of four, where llama.cpp takes six.
        GgufType wanted = name is "output.weight" or "token_embd.weight" && format == ExportFormat.GgufQ4 ? GgufType.Q8_0 : format.MatrixType();
        return shape[^1] % wanted.BlockSize() == 0 ? wanted : GgufType.F16;
    }

    /// <param name="shape">As GGUF has it: [out, in].</param>
    private static float[] Numbers(string name, IReadOnlyList<long> shape, MergedModel model, ModelConfig config)
    {
        float[] values = model.Read(name);
        if (model.IsTransposed(name)) return Turned(values, (int)shape[0], (int)shape[1]);
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

    // [in, out] as GPT-2's checkpoints have it, to [out, in].
    private static float[] Turned(float[] values, int outputs, int inputs)
    {
        float[] turned = new float[values.Length];
        for (int input = 0; input < inputs; input++)
            for (int output = 0; output < outputs; output++) turned[output * inputs + input] = values[input * outputs + output];
        return turned;
    }
}
