using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Weights in a checkpoint folder, in whichever of the spellings of <see cref="StoredNames"/> it is written.</summary>
internal sealed class SafetensorsWeights : IWeightFile
{
    private readonly SafetensorsSet _tensors;
    private readonly StoredNames _names;

    public SafetensorsWeights(string folder, WeightNames names)
    {
        _tensors = SafetensorsSet.Open(folder, "model");
        _names = new StoredNames(names, name => _tensors.Find(name)?.Shape);
    }

    public long Count => _tensors.Names.Sum(name => _tensors.Find(name)!.Count);

    public IReadOnlyList<long>? Shape(string name)
    {
        if (_names.Of(name) is not { } part) return null;
        SafetensorsTensor tensor = _tensors.Find(part.Tensor)!;
        if (!tensor.Type.IsFloat()) throw new ModelException($"tensor '{tensor.Name}' has the type {tensor.Type.Name()}; F16, BF16, F32 or F64 is needed");
        return part.Shape;
    }

    public int Block(string name) => 1;

    public void Read(string name, long start, Span<float> into)
    {
        StoredPart part = _names.Of(name) ?? throw new ModelException($"the file lacks the tensor '{name}'");
        _tensors.ReadFloats(part.Tensor, part.Start + start, into);
    }

    public Func<long, long>? RowOrder(string name) => null;

    public Sha256Hash Hash() => WeightsHash.Of(_tensors.Paths);

    public void Dispose() => _tensors.Dispose();
}
