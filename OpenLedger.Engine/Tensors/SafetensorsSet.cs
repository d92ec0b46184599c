using System.Text.Json;

namespace OpenLedger.Engine.Tensors;

/// <summary>
/// The tensors of one folder, from <c>stem.safetensors</c> or from the shards that <c>stem.safetensors.index.json</c> names. Reads nothing outside the folder.
/// </summary>
public sealed class SafetensorsSet : IDisposable
{
    private const long LargestIndex = 64 << 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private readonly Dictionary<string, SafetensorsFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsFile> _owner = new(StringComparer.Ordinal);

    private SafetensorsSet()
    {
    }

    /// <summary>The files, in the order of their names.</summary>
    public IEnumerable<string> Paths => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _owner.Keys;

    /// <summary>Opens the file or the shards.</summary>
    /// <exception cref="SafetensorsException">A file breaks the format, is missing, or lies outside the folder.</exception>
    public static SafetensorsSet Open(string folder, string stem)
    {
        SafetensorsSet set = new();
        try
        {
            string single = Path.Combine(folder, $"{stem}.safetensors"), index = $"{single}.index.json";
            if (File.Exists(index)) set.AddShards(folder, index);
            else if (File.Exists(single)) set.Add(single);
            else throw new SafetensorsException($"'{Path.GetFileName(folder)}' has no {stem}.safetensors; other formats (pickle .bin, .pt) are never opened");
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsTensor? Find(string name) => _owner.TryGetValue(name, out SafetensorsFile? file) ? file.Tensors[name] : null;

    /// <summary>A floating tensor as float32, row-major.</summary>
    public float[] ReadFloats(string name) => Owner(name).ReadFloats(name);

    /// <summary>Reads float32 values from element <paramref name="start"/> on until <paramref name="into"/> is full.</summary>
    public void ReadFloats(string name, long start, Span<float> into) => Owner(name).ReadFloats(name, start, into);

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files.Values) file.Dispose();
    }

    private SafetensorsFile Owner(string name) => _owner.TryGetValue(name, out SafetensorsFile? file) ? file : throw new SafetensorsException($"there is no tensor '{name}'");

    private void Add(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        _files.Add(path, file);
        foreach (string name in file.Tensors.Keys)
        {
            if (!_owner.TryAdd(name, file)) throw new SafetensorsException($"tensor '{name}' stands in two files of the folder");
        }
    }

    private void AddShards(string folder, string index)
    {
        Dictionary<string, string> map = ReadMap(index);
        foreach (string shard in map.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, RequirePlain(shard, index));
            if (!File.Exists(path)) throw new SafetensorsException($"'{Path.GetFileName(index)}' names the file '{shard}', which is not in the folder");
            Add(path);
        }
        foreach ((string name, string shard) in map)
        {
            if (!_owner.TryGetValue(name, out SafetensorsFile? file) || Path.GetFileName(file.Path) != shard) throw new SafetensorsException($"tensor '{name}' is not in '{shard}', where '{Path.GetFileName(index)}' says it is");
        }
    }

    private static Dictionary<string, string> ReadMap(string index)
    {
        long length = new FileInfo(index).Length;
        if (length > LargestIndex) throw new SafetensorsException($"'{Path.GetFileName(index)}' has {length} bytes; an index has at most {LargestIndex}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index), Strict);
            return document.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new SafetensorsException($"'{Path.GetFileName(index)}' is no index of tensors: {broken.Message}");
        }
    }

    private static string RequirePlain(string shard, string index)
    {
        bool plain = shard.Length is > 0 and <= 255 && shard is not ("." or "..") && shard.AsSpan().IndexOfAny("/\\\0:") < 0;
        return plain ? shard : throw new SafetensorsException($"'{Path.GetFileName(index)}' names the file '{shard.Replace('\0', '?')}'; only plain names of the same folder are read");
    }
}
