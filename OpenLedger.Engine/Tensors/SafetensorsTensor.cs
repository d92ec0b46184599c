namespace OpenLedger.Engine.Tensors;

/// <summary>One tensor of a safetensors header: name, type, shape and where its bytes lie. Holds no data.</summary>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the start of the file.</param>
/// <param name="Bytes">Bytes of data: elements times width.</param>
public sealed record SafetensorsTensor(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Begin, long Bytes)
{
    /// <summary>Numbers in the tensor.</summary>
    public long Count => Bytes / Type.Bytes();
}

/// <summary>How large a safetensors header may be before anything of it is read.</summary>
/// <param name="HeaderBytes">Longest header, in bytes. The format's own limit is 100 MB.</param>
/// <param name="Tensors">Most tensors in one file.</param>
public sealed record SafetensorsLimits(int HeaderBytes = 100_000_000, int Tensors = 1_000_000)
{
    internal static readonly SafetensorsLimits Default = new();
}

/// <summary>A safetensors file breaks its format, or lacks what is asked of it; the message says what and where.</summary>
public sealed class SafetensorsException(string message) : IOException(message);
