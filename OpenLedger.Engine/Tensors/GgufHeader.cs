using System.Globalization;

namespace OpenLedger.Engine.Tensors;

/// <summary>Reads the header of a GGUF file (version 2 or 3) and checks every size against the file before anything is allocated.</summary>
internal sealed class GgufHeader
{
    private const uint Magic = 0x46554747;   // "GGUF"
    private const int MaxEntries = 1_000_000;
    private const int MaxDimensions = 4;

    public Dictionary<string, object> Metadata { get; } = new(StringComparer.Ordinal);
    public List<GgufTensor> Tensors { get; } = [];

    public static GgufHeader Read(MappedFile file, string name)
    {
        GgufReader reader = new(file, name);
        if (reader.UInt32() != Magic) throw reader.Broken("it does not begin with the letters GGUF");
        uint version = reader.UInt32();
        if (version is not (2 or 3)) throw reader.Broken($"version {version} is unknown; 2 and 3 are read");
        ulong tensors = reader.UInt64(), entries = reader.UInt64();
        if (tensors > MaxEntries || entries > MaxEntries) throw reader.Broken($"it claims {tensors} tensors and {entries} metadata entries");
        GgufHeader header = new();
        header.ReadMetadata(reader, (int)entries);
        header.ReadTensors(reader, (int)tensors, file.Length);
        return header;
    }

    private void ReadMetadata(GgufReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string key = reader.Text();
            if (!Metadata.TryAdd(key, reader.Value())) throw reader.Broken($"the key '{key}' stands twice");
        }
    }

    private void ReadTensors(GgufReader reader, int count, long fileLength)
    {
        List<(string Name, GgufType Type, long[] Shape, ulong Offset)> found = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string name = reader.Text();
            if (!names.Add(name)) throw reader.Broken($"the tensor '{name}' stands twice");
            found.Add((name, ReadShape(reader, name, out long[] shape), shape, reader.UInt64()));
        }
        long alignment = Alignment(reader);
        long start = (reader.Position + alignment - 1) / alignment * alignment;
        foreach ((string name, GgufType type, long[] shape, ulong offset) in found)
        {
            if (offset % (ulong)alignment != 0) throw reader.Broken($"tensor '{name}' does not begin on a multiple of {alignment}");
            if (offset > (ulong)fileLength) throw reader.Broken($"tensor '{name}' begins past the end of the file");
            GgufTensor tensor = new(name, type, shape, start + (long)offset);
            if (tensor.Begin > fileLength - tensor.Bytes) throw reader.Broken($"tensor '{name}' ends at {tensor.Begin + tensor.Bytes}, but the file has {fileLength} bytes");
            Tensors.Add(tensor);
        }
        RequireApart(reader);
    }

    private static GgufType ReadShape(GgufReader reader, string name, out long[] shape)
    {
        uint dimensions = reader.UInt32();
        if (dimensions is 0 or > MaxDimensions) throw reader.Broken($"tensor '{name}' has {dimensions} dimensions");
        shape = new long[dimensions];
        Int128 count = 1;
        for (int d = shape.Length - 1; d >= 0; d--)   // the file begins with the innermost
        {
            ulong size = reader.UInt64();
            count *= size;
            if (size == 0 || count > long.MaxValue / 16) throw reader.Broken($"tensor '{name}' has an impossible size");
            shape[d] = (long)size;
        }
        uint number = reader.UInt32();
        if (!Enum.IsDefined((GgufType)number)) throw reader.Broken($"tensor '{name}' has the type {number}, which is not supported; supported are {string.Join(", ", Enum.GetNames<GgufType>())}");
        GgufType type = (GgufType)number;
        if (shape[^1] % type.BlockSize() != 0) throw reader.Broken($"tensor '{name}' has rows of {shape[^1]}, no multiple of the {type.BlockSize()} that {type} needs");
        return type;
    }

    private long Alignment(GgufReader reader)
    {
        if (!Metadata.TryGetValue("general.alignment", out object? value)) return 32;
        long alignment = value is uint or ulong or int or long or ushort or byte ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
        return alignment is >= 1 and <= 1 << 20 && long.IsPow2(alignment) ? alignment : throw reader.Broken($"general.alignment is {value}, a power of two is needed");
    }

    private void RequireApart(GgufReader reader)
    {
        GgufTensor? last = null;
        foreach (GgufTensor tensor in Tensors.OrderBy(t => t.Begin))
        {
            if (last is not null && tensor.Begin < last.Begin + last.Bytes) throw reader.Broken($"the tensors '{last.Name}' and '{tensor.Name}' share bytes");
            last = tensor;
        }
    }
}
