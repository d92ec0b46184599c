using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Weights in a GGUF file, found under their checkpoint names. Undoes the converter's row order, and takes single experts out of the tensor that they share.</summary>
internal sealed class GgufWeights(GgufFile file, ModelConfig config, WeightNames names) : IWeightFile
{
    private const int ExpertDimensions = 3;   // [experts, out, in]

    private readonly GgufNames _names = new(names);

    public long Count => file.Tensors.Sum(tensor => tensor.Count);

    public IReadOnlyList<long>? Shape(string name)
    {
        (string stored, int? expert) = _names.Of(name);
        if (file.Find(stored) is not { } tensor) return null;
        if (expert is null) return tensor.Shape is [long only] && stored.EndsWith("ffn_gate_inp_shexp.weight", StringComparison.Ordinal) ? [1, only] : tensor.Shape;   // llama.cpp keeps that matrix of one row as a vector
        return tensor.Shape.Count == ExpertDimensions && expert < tensor.Shape[0] ? [.. tensor.Shape.Skip(1)] : null;
    }

    public int Block(string name) => file.Find(_names.Of(name).Tensor)!.Type.BlockSize();

    public void Read(string name, long start, Span<float> into)
    {
        (string stored, int? expert) = _names.Of(name);
        long before = expert is { } place ? place * (file.Find(stored)!.Count / file.Find(stored)!.Shape[0]) : 0;
        file.Dequantize(stored, before + start, into);
    }

    public Func<long, long>? RowOrder(string name) => GgufNames.RowOrder(config, names, name);

    public Sha256Hash Hash() => WeightsHash.Of(file.Paths);

    public void Dispose() => file.Dispose();
}
