namespace OpenLedger.Engine.Tensors;

/// <summary>One tensor of a GGUF file: name, type, shape and where its blocks lie. Holds no data.</summary>
/// <param name="Shape">Dimensions, outermost first as everywhere in this code (the file counts from the innermost).</param>
/// <param name="Begin">First byte, counted from the start of the file.</param>
public sealed record GgufTensor(string Name, GgufType Type, IReadOnlyList<long> Shape, long Begin)
{
    /// <summary>Numbers in the tensor.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Bytes in the file.</summary>
    public long Bytes => Count / Type.BlockSize() * Type.BlockBytes();
}

/// <summary>A GGUF file breaks its format, or lacks what is asked of it; the message says what and where.</summary>
public sealed class GgufException(string message) : IOException(message);
