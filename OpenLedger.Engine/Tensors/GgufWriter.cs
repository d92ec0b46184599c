using System.Text;

namespace OpenLedger.Engine.Tensors;

/// <summary>One tensor to be written to a GGUF file; its numbers are asked for when its turn comes, so that one at a time stands in memory.</summary>
/// <param name="Shape">Outermost first, as everywhere in this code.</param>
/// <param name="Read">The numbers, row-major.</param>
public sealed record GgufEntry(string Name, GgufType Type, IReadOnlyList<long> Shape, Func<float[]> Read);

/// <summary>Writes GGUF files of version 3, little-endian, whole or not at all. Knows no keys.</summary>
public static class GgufWriter
{
    private const int Alignment = 32;   // the format's own where general.alignment does not say otherwise

    /// <summary>Writes metadata and tensors in the order given.</summary>
    /// <param name="metadata">Values as <see cref="GgufFile.Metadata"/> gives them: numbers in their own type, texts, flags, typed arrays.</param>
    /// <exception cref="GgufException">A value has no type in the format, or a tensor gives other numbers than its shape says.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, object>> metadata, IReadOnlyList<GgufEntry> tensors, CancellationToken cancel = default) => AtomicFile.Write(path, stream =>
    {
        byte[] header = Header(metadata, tensors);
        stream.Write(header);
        Pad(stream, header.Length);
        foreach (GgufEntry tensor in tensors)
        {
            cancel.ThrowIfCancellationRequested();
            byte[] bytes = Quantization.Run(tensor.Type, tensor.Read());
            if (bytes.Length != Bytes(tensor)) throw new GgufException($"tensor '{tensor.Name}' gave {bytes.Length} bytes, its shape needs {Bytes(tensor)}");
            stream.Write(bytes);
            Pad(stream, bytes.Length);
        }
    });

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, object>> metadata, IReadOnlyList<GgufEntry> tensors)
    {
        MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);   // little-endian by its contract
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        writer.Write((ulong)metadata.Count);
        foreach ((string key, object value) in metadata)
        {
            Text(writer, key);
            writer.Write(TypeOf(value));
            Value(writer, value);
        }
        ulong offset = 0;
        foreach (GgufEntry tensor in tensors)
        {
            Text(writer, tensor.Name);
            writer.Write((uint)tensor.Shape.Count);
            foreach (long size in tensor.Shape.Reverse()) writer.Write((ulong)size);   // the format begins with the innermost
            writer.Write((uint)tensor.Type);
            writer.Write(offset);
            offset += (ulong)(Bytes(tensor) + Missing(Bytes(tensor)));
        }
        writer.Flush();
        return bytes.ToArray();
    }

    private static uint TypeOf(object value) => value switch
    {
        byte => 0,
        sbyte => 1,
        ushort => 2,
        short => 3,
        uint => 4,
        int => 5,
        float => 6,
        bool => 7,
        string => 8,
        Array => 9,
        ulong => 10,
        long => 11,
        double => 12,
        _ => throw new GgufException($"a {value.GetType().Name} has no type in GGUF"),
    };

    private static void Value(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text: Text(writer, text); break;
            case bool flag: writer.Write(flag ? (byte)1 : (byte)0); break;
            case byte number: writer.Write(number); break;
            case sbyte number: writer.Write(number); break;
            case ushort number: writer.Write(number); break;
            case short number: writer.Write(number); break;
            case uint number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case Array array: Entries(writer, array); break;
        }
    }

    private static void Entries(BinaryWriter writer, Array array)
    {
        writer.Write(array.Length > 0 ? TypeOf(array.GetValue(0)!) : TypeOf(ElementOf(array)));
        writer.Write((ulong)array.Length);
        foreach (object entry in array) Value(writer, entry);
    }

    private static object ElementOf(Array array) => array.GetType().GetElementType() is { IsValueType: true } type ? Activator.CreateInstance(type)! : "";

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)utf8.Length);
        writer.Write(utf8);
    }

    private static long Bytes(GgufEntry tensor) => tensor.Shape.Aggregate(1L, (a, b) => a * b) / tensor.Type.BlockSize() * tensor.Type.BlockBytes();

    private static long Missing(long length) => (Alignment - length % Alignment) % Alignment;

    private static void Pad(Stream stream, long length) => stream.Write(new byte[Missing(length)]);
}
