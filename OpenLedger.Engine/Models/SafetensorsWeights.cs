using System.Security.Cryptography;
using System.Text;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Models;

/// <summary>Weights in a checkpoint folder, with or without the outer name that some checkpoints leave out.</summary>
internal sealed class SafetensorsWeights(string folder, WeightNames names) : IWeightFile
{
    private readonly SafetensorsSet _tensors = SafetensorsSet.Open(folder, "model");

    public long Count => _tensors.Names.Sum(name => _tensors.Find(name)!.Count);

    public IReadOnlyList<long>? Shape(string name)
    {
        SafetensorsTensor? tensor = _tensors.Find(NameOf(name));
        if (tensor is not null && !tensor.Type.IsFloat()) throw new ModelException($"tensor '{tensor.Name}' has the type {tensor.Type.Name()}; F16, BF16, F32 or F64 is needed");
        return tensor?.Shape;
    }

    public int Block(string name) => 1;

    public void Read(string name, long start, Span<float> into) => _tensors.ReadFloats(NameOf(name), start, into);

    public Func<long, long>? RowOrder(string name) => null;

    public Sha256Hash Hash()
    {
        List<(string Name, Sha256Hash Hash)> files = [.. _tensors.Paths.Select(path => (Path.GetFileName(path), HashOf(path)))];
        if (files is [(_, Sha256Hash only)]) return only;
        return Sha256Hash.Of(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Hash}  {file.Name}\n"))));   // as sha256sum prints them
    }

    public void Dispose() => _tensors.Dispose();

    private string NameOf(string name)
    {
        bool bare = names.Optional.Length > 0 && name.StartsWith(names.Optional, StringComparison.Ordinal) && _tensors.Find(name) is null;
        return bare ? name[names.Optional.Length..] : name;
    }

    private static Sha256Hash HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256Hash.FromDigest(SHA256.HashData(stream));
    }
}
