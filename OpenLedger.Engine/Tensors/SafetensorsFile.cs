namespace OpenLedger.Engine.Tensors;

/// <summary>An open safetensors file: names, shapes, types and bytes, memory-mapped. Knows nothing of models.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(string path, MappedFile file, SafetensorsHeader header) => (Path, _file, _header) = (path, file, header);

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _header.Tensors;

    /// <summary>The header's <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its whole header; no tensor data is read yet.</summary>
    /// <exception cref="SafetensorsException">The file breaks the format.</exception>
    public static SafetensorsFile Open(string path, SafetensorsLimits? limits = null)
    {
        MappedFile file = new(path);
        try
        {
            return new SafetensorsFile(path, file, SafetensorsHeader.Read(file, System.IO.Path.GetFileName(path), limits ?? SafetensorsLimits.Default));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="SafetensorsException">There is none.</exception>
    public SafetensorsTensor Require(string name) =>
        _header.Tensors.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor : throw new SafetensorsException($"'{System.IO.Path.GetFileName(Path)}' has no tensor '{name}'");

    /// <summary>A tensor's bytes, little-endian, row-major.</summary>
    public byte[] ReadBytes(string name)
    {
        SafetensorsTensor tensor = Require(name);
        return Span(tensor, 0, tensor.Count).ToArray();
    }

    /// <summary>A floating tensor as float32, row-major.</summary>
    public float[] ReadFloats(string name)
    {
        float[] values = new float[RequireArray(Require(name))];
        ReadFloats(name, 0, values);
        return values;
    }

    /// <summary>Reads float32 values from element <paramref name="start"/> on until <paramref name="into"/> is full.</summary>
    public void ReadFloats(string name, long start, Span<float> into)
    {
        SafetensorsTensor tensor = Require(name);
        if (!tensor.Type.IsFloat()) throw new SafetensorsException($"tensor '{name}' has the type {tensor.Type.Name()}; F16, BF16, F32 or F64 is needed");
        NumberBytes.ToFloats(Span(tensor, start, into.Length), tensor.Type, into);
    }

    /// <summary>A tensor of whole numbers.</summary>
    public long[] ReadIntegers(string name)
    {
        SafetensorsTensor tensor = Require(name);
        long[] values = new long[RequireArray(tensor)];
        NumberBytes.ToIntegers(Span(tensor, 0, tensor.Count), tensor.Type, values);
        return values;
    }

    public void Dispose() => _file.Dispose();

    private static int RequireArray(SafetensorsTensor tensor) =>
        tensor.Count <= Array.MaxLength ? (int)tensor.Count : throw new SafetensorsException($"tensor '{tensor.Name}' has {tensor.Count} numbers, too many for one array");

    private ReadOnlySpan<byte> Span(SafetensorsTensor tensor, long start, long count)
    {
        int width = tensor.Type.Bytes();
        if (start < 0 || count < 0 || start > tensor.Count - count) throw new SafetensorsException($"tensor '{tensor.Name}' has {tensor.Count} numbers; {start} to {start + count} were asked for");
        if (count * width > int.MaxValue) throw new SafetensorsException($"tensor '{tensor.Name}' must be read in parts of at most 2 GB");
        return _file.Slice(tensor.Begin + start * width, (int)(count * width));
    }
}
