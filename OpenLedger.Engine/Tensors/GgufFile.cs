using System.Globalization;

namespace OpenLedger.Engine.Tensors;

/// <summary>An open GGUF file: metadata and tensors, memory-mapped, dequantised on demand. Knows nothing of models.</summary>
public sealed class GgufFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, GgufTensor> _byName;

    private GgufFile(string path, MappedFile file, GgufHeader header)
    {
        (Path, _file, Metadata, Tensors) = (path, file, header.Metadata, header.Tensors);
        _byName = header.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>Metadata by key: numbers in their own type, <c>string</c>, <c>bool</c>, typed arrays (<c>string[]</c>, <c>float[]</c>, ...).</summary>
    public IReadOnlyDictionary<string, object> Metadata { get; }

    /// <summary>The tensors in the file's order.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Opens a file and checks its whole header; no tensor data is read yet.</summary>
    /// <exception cref="GgufException">The file breaks the format or uses an unsupported tensor type.</exception>
    public static GgufFile Open(string path)
    {
        MappedFile file = new(path);
        try
        {
            return new GgufFile(path, file, GgufHeader.Read(file, System.IO.Path.GetFileName(path)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The text under a key, or null.</summary>
    public string? Text(string key) => Metadata.GetValueOrDefault(key) as string;

    /// <summary>The whole number under a key, of whatever width, or null.</summary>
    public long? Integer(string key) => Metadata.GetValueOrDefault(key) switch
    {
        byte or sbyte or ushort or short or uint or int or long => Convert.ToInt64(Metadata[key], CultureInfo.InvariantCulture),
        ulong big when big <= long.MaxValue => (long)big,
        _ => null,
    };

    /// <summary>The number under a key, or null.</summary>
    public double? Number(string key) => Metadata.GetValueOrDefault(key) switch { float single => single, double number => number, _ => Integer(key) };

    /// <summary>The flag under a key, or null.</summary>
    public bool? Flag(string key) => Metadata.GetValueOrDefault(key) as bool?;

    /// <summary>The tensor of that name, or null.</summary>
    public GgufTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A tensor as float32, row-major.</summary>
    /// <exception cref="GgufException">There is none, or it is too large for one array.</exception>
    public float[] Dequantize(string name)
    {
        GgufTensor tensor = Require(name);
        if (tensor.Count > Array.MaxLength) throw new GgufException($"tensor '{name}' has {tensor.Count} numbers, too many for one array");
        float[] values = new float[tensor.Count];
        Dequantize(name, 0, values);
        return values;
    }

    /// <summary>Dequantises from element <paramref name="start"/> on until <paramref name="into"/> is full; both are whole blocks.</summary>
    public void Dequantize(string name, long start, Span<float> into)
    {
        GgufTensor tensor = Require(name);
        int block = tensor.Type.BlockSize(), bytes = tensor.Type.BlockBytes();
        if (start < 0 || start > tensor.Count - into.Length || start % block != 0 || into.Length % block != 0)
            throw new GgufException($"tensor '{name}' has {tensor.Count} numbers in blocks of {block}; {start} to {start + into.Length} were asked for");
        long length = (long)into.Length / block * bytes;
        if (length > int.MaxValue) throw new GgufException($"tensor '{name}' must be read in parts of at most 2 GB");
        Dequantization.Run(tensor.Type, _file.Slice(tensor.Begin + start / block * bytes, (int)length), into);
    }

    public void Dispose() => _file.Dispose();

    private GgufTensor Require(string name) =>
        Find(name) ?? throw new GgufException($"'{System.IO.Path.GetFileName(Path)}' has no tensor '{name}'");
}
