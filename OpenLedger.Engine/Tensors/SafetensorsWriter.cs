using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenLedger.Engine.Tensors;

/// <summary>One tensor to be written: its bytes are row-major and little-endian.</summary>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A float32 tensor.</summary>
    public static SafetensorsEntry Of(string name, ReadOnlySpan<float> values, params long[] shape) =>
        new(name, SafetensorsType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());
}

/// <summary>A tensor whose numbers are asked for when its turn to be written comes, so that one at a time stands in memory.</summary>
/// <param name="Read">Row-major float32.</param>
public sealed record SafetensorsFloats(string Name, IReadOnlyList<long> Shape, Func<float[]> Read);

/// <summary>Writes safetensors files, whole or not at all. Wide numbers first, then by name: aligned, and equal content gives equal bytes.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;   // the format pads its header with spaces to this

    /// <summary>Writes <paramref name="tensors"/> to <paramref name="path"/>.</summary>
    /// <exception cref="SafetensorsException">A name stands twice, or bytes and shape disagree.</exception>
    public static void Write(string path, IEnumerable<SafetensorsEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<SafetensorsEntry> ordered = [.. tensors.OrderByDescending(t => t.Type.Bytes()).ThenBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = Header([.. ordered.Select(t => (t.Name, t.Type, t.Shape, (long)t.Bytes.Length))], metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (SafetensorsEntry tensor in ordered) stream.Write(tensor.Bytes.Span);
        });
    }

    /// <summary>Writes float32 tensors one after another, for models that do not fit into memory twice.</summary>
    /// <exception cref="SafetensorsException">A name stands twice, or numbers and shape disagree.</exception>
    public static void WriteFloats(string path, IEnumerable<SafetensorsFloats> tensors, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancel = default)
    {
        List<SafetensorsFloats> ordered = [.. tensors.OrderBy(t => t.Name, StringComparer.Ordinal)];
        byte[] header = Header([.. ordered.Select(t => (t.Name, SafetensorsType.F32, t.Shape, BytesOf(SafetensorsType.F32, t.Shape)))], metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (SafetensorsFloats tensor in ordered)
            {
                cancel.ThrowIfCancellationRequested();
                float[] values = tensor.Read();
                if (values.LongLength * sizeof(float) != BytesOf(SafetensorsType.F32, tensor.Shape)) throw new SafetensorsException($"tensor '{tensor.Name}' gave {values.Length} numbers for the shape [{string.Join(", ", tensor.Shape)}]");
                stream.Write(MemoryMarshal.AsBytes<float>(values));
            }
        });
    }

    private static long BytesOf(SafetensorsType type, IReadOnlyList<long> shape) => shape.Aggregate((long)type.Bytes(), (bytes, dimension) => checked(bytes * dimension));

    private static byte[] Header(IReadOnlyList<(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Bytes)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        SortedDictionary<string, object> entries = new(StringComparer.Ordinal);
        long offset = 0;
        foreach ((string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Bytes) tensor in tensors)
        {
            long needed = BytesOf(tensor.Type, tensor.Shape);
            if (needed != tensor.Bytes) throw new SafetensorsException($"tensor '{tensor.Name}' has {tensor.Bytes} bytes, but {tensor.Type.Name()} [{string.Join(", ", tensor.Shape)}] needs {needed}");
            var entry = new { dtype = tensor.Type.Name(), shape = tensor.Shape, data_offsets = new[] { offset, offset + needed } };
            if (!entries.TryAdd(tensor.Name, entry)) throw new SafetensorsException($"tensor '{tensor.Name}' stands twice");
            offset += needed;
        }
        if (metadata is { Count: > 0 }) entries.Add("__metadata__", new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal));
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries);
        byte[] padded = new byte[(json.Length + Alignment - 1) / Alignment * Alignment];
        json.CopyTo(padded, 0);
        padded.AsSpan(json.Length).Fill((byte)' ');
        return padded;
    }
}
