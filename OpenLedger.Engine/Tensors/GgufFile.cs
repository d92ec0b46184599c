using System.Globalization;

namespace OpenLedger.Engine.Tensors;

/// <summary>An open GGUF file, or a set of several opened by the first: metadata and tensors, memory-mapped, dequantised on demand. Knows nothing of models.</summary>
public sealed class GgufFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, GgufTensor> _byName;
    private readonly List<GgufFile> _parts = [];   // the others of a set

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
    public IReadOnlyList<GgufTensor> Tensors { get; private set; }

    /// <summary>Where all files of the set lie; one where there is no set.</summary>
    public IEnumerable<string> Paths => _parts.Select(part => part.Path).Prepend(Path);

    /// <summary>Opens a file, and the rest of its set where it is the first of one, and checks the whole headers; no tensor data is read yet.</summary>
    /// <exception cref="GgufException">A file breaks the format, uses an unsupported tensor type, or the set is not whole.</exception>
    public static GgufFile Open(string path)
    {
        GgufFile first = OpenOne(path);
        try
        {
            if (first.Integer("split.count") is > 1 and var count) first.Join(count);
            return first;
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private void Join(long count)
    {
        string name = System.IO.Path.GetFileName(Path);
        if (Integer("split.no") is not 0) throw new GgufException($"'{name}' is part {Integer("split.no") + 1} of {count} of a model; the first part opens them all");
        IReadOnlyList<string> set = GgufParts.Set(name);
        if (set.Count != count || set[0] != name) throw new GgufException($"'{name}' is the first of {count} files of a model, but is not named so; its name must end in -00001-of-{count:D5}.gguf, and the others' alike");
        for (int number = 1; number < count; number++)
        {
            string path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", set[number]);
            if (!File.Exists(path)) throw new GgufException($"'{name}' is the first of {count} files of a model, and '{set[number]}' is not beside it");
            GgufFile part = OpenOne(path);
            _parts.Add(part);
            if (part.Integer("split.no") != number || part.Integer("split.count") != count) throw new GgufException($"'{set[number]}' says that it is another part than its name does");
            if (part.Tensors.FirstOrDefault(tensor => Owner(tensor.Name) != part) is { } twice) throw new GgufException($"tensor '{twice.Name}' stands in two files of the set");
        }
        Tensors = [.. Tensors, .. _parts.SelectMany(part => part.Tensors)];
    }

    private static GgufFile OpenOne(string path)
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
    public GgufTensor? Find(string name) => Owner(name)?._byName[name];

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
        Dequantization.Run(tensor.Type, Owner(name)!._file.Slice(tensor.Begin + start / block * bytes, (int)length), into);
    }

    public void Dispose()
    {
        _file.Dispose();
        foreach (GgufFile part in _parts) part.Dispose();
    }

    private GgufFile? Owner(string name) => _byName.ContainsKey(name) ? this : _parts.Find(part => part._byName.ContainsKey(name));

    private GgufTensor Require(string name) =>
        Find(name) ?? throw new GgufException($"'{System.IO.Path.GetFileName(Path)}' has no tensor '{name}'");
}
