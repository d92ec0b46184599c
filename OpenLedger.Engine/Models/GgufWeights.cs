using System.Security.Cryptography;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Weights in a GGUF file, found under their checkpoint names. Undoes the converter's row order.</summary>
internal sealed class GgufWeights(GgufFile file, ModelConfig config, WeightNames names) : IWeightFile
{
    private readonly GgufNames _names = new(names);

    public long Count => file.Tensors.Sum(tensor => tensor.Count);

    public IReadOnlyList<long>? Shape(string name) => file.Find(NameOf(name))?.Shape;

    public int Block(string name) => file.Find(NameOf(name))!.Type.BlockSize();

    public void Read(string name, long start, Span<float> into) => file.Dequantize(NameOf(name), start, into);

    public Func<long, long>? RowOrder(string name) => GgufNames.RowOrder(config, names, name);

    public Sha256Hash Hash()
    {
        using FileStream stream = File.OpenRead(file.Path);
        return Sha256Hash.FromDigest(SHA256.HashData(stream));
    }

    public void Dispose() => file.Dispose();

    private string NameOf(string name) => _names.Of(name);
}
