using System.Globalization;
using OpenLedger.Engine.Tensors;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>Owns a BERT encoder's tensors, read from safetensors as float32. Knows nothing of what is done with them.</summary>
internal sealed class BertWeights(SafetensorsFile file, Device device) : IDisposable
{
    private readonly List<Tensor> _owned = [];

    /// <summary>One tensor, whose shape must be the one given.</summary>
    /// <exception cref="ModelException">The file has it in another shape.</exception>
    public Tensor Get(string name, params long[] shape)
    {
        SafetensorsTensor entry = file.Require(name);
        if (!entry.Shape.SequenceEqual(shape))
            throw new ModelException($"{file.Path}: '{name}' is [{string.Join(", ", entry.Shape)}], [{string.Join(", ", shape)}] is needed");
        return Own(tensor(file.ReadFloats(name), shape, device: device));
    }

    /// <summary>Several tensors one below the other, so that one product serves them all.</summary>
    public Tensor Join(string pattern, params string[] names)
    {
        using var scope = NewDisposeScope();
        string[] full = [.. names.Select(name => string.Format(CultureInfo.InvariantCulture, pattern, name))];
        Tensor[] parts = [.. full.Select(name => tensor(file.ReadFloats(name), [.. file.Require(name).Shape], device: device))];
        return Own(cat(parts, 0));
    }

    /// <summary>Takes a tensor into keeping: no scope around the load disposes of it.</summary>
    public Tensor Own(Tensor made)
    {
        _owned.Add(made.DetachFromDisposeScope());
        return made;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _owned) tensor.Dispose();
        _owned.Clear();
    }
}
