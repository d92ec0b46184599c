using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenLedger.Engine.Tensors;

/// <summary>Walks through a GGUF header, little-endian, and never reads or allocates more than the file holds. Knows no keys.</summary>
internal sealed class GgufReader(MappedFile file, string name)
{
    private const int MaxArrayDepth = 4;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The next byte to read.</summary>
    public long Position { get; private set; }

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text()
    {
        ulong length = UInt64();
        if (length > (ulong)(file.Length - Position)) throw Broken($"a text of {length} bytes does not fit the file");
        if (length > int.MaxValue) throw Broken($"a text of {length} bytes is too long");
        try
        {
            return Utf8.GetString(Take((int)length));
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a text is not UTF-8");
        }
    }

    /// <summary>A metadata value of any type; arrays come as typed .NET arrays, arrays of arrays as <c>object[]</c>.</summary>
    public object Value() => Value(UInt32(), 0);

    public GgufException Broken(string fact) => new($"'{name}' is no valid GGUF file: {fact} (byte {Position})");

    private object Value(uint type, int depth) => type switch
    {
        0 => Take(1)[0],
        1 => (sbyte)Take(1)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        3 => BinaryPrimitives.ReadInt16LittleEndian(Take(2)),
        4 => UInt32(),
        5 => BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        6 => BinaryPrimitives.ReadSingleLittleEndian(Take(4)),
        7 => Take(1)[0] != 0,
        8 => Text(),
        9 => ArrayValue(depth + 1),
        10 => UInt64(),
        11 => BinaryPrimitives.ReadInt64LittleEndian(Take(8)),
        12 => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
        _ => throw Broken($"the metadata type {type} is unknown"),
    };

    private object ArrayValue(int depth)
    {
        if (depth > MaxArrayDepth) throw Broken($"arrays are nested more than {MaxArrayDepth} deep");
        uint type = UInt32();
        ulong claimed = UInt64();
        int smallest = type switch { 0 or 1 or 7 => 1, 2 or 3 => 2, 4 or 5 or 6 => 4, 9 => 12, _ => 8 };
        if (claimed > (ulong)(file.Length - Position) / (ulong)smallest) throw Broken($"an array of {claimed} entries does not fit the file");
        int count = (int)Math.Min(claimed, (ulong)Array.MaxLength);
        return type switch
        {
            0 => Numbers<byte>(count),
            1 => Numbers<sbyte>(count),
            2 => Numbers<ushort>(count),
            3 => Numbers<short>(count),
            4 => Numbers<uint>(count),
            5 => Numbers<int>(count),
            6 => Numbers<float>(count),
            7 => Array.ConvertAll(Numbers<byte>(count), b => b != 0),
            8 => Entries(count, Text),
            9 => Entries(count, () => ArrayValue(depth + 1)),
            10 => Numbers<ulong>(count),
            11 => Numbers<long>(count),
            12 => Numbers<double>(count),
            _ => throw Broken($"the metadata type {type} is unknown"),
        };
    }

    private T[] Numbers<T>(int count) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Take(checked(count * Marshal.SizeOf<T>()))).ToArray();

    private static T[] Entries<T>(int count, Func<T> next)
    {
        T[] entries = new T[count];
        for (int i = 0; i < count; i++) entries[i] = next();
        return entries;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > file.Length - Position) throw Broken($"it ends in the middle of {count} bytes");
        ReadOnlySpan<byte> bytes = file.Slice(Position, count);
        Position += count;
        return bytes;
    }
}
