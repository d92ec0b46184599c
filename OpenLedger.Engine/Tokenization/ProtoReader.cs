using System.Buffers.Binary;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Steps through the fields of one protobuf message (protobuf.dev, "Encoding"). Knows no message's meaning; never reads past the bytes it was given.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message, _bytes;
    private ulong _number;
    private int _wire;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <exception cref="TokenizerException">The bytes end in the middle of one, or are no protobuf.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        ulong key = TakeVarint();
        if (key >> 3 is 0 or > 536_870_911) throw Broken($"has a field numbered {key >> 3}");
        (Field, _wire, _number) = ((int)(key >> 3), (int)(key & 7), 0);
        _bytes = default;
        switch (_wire)
        {
            case Varint: _number = TakeVarint(); break;
            case Fixed64: Take(8); break;
            case Fixed32: _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4)); break;
            case Length: _bytes = Take(TakeVarint()); break;
            default: throw Broken($"has a field of the unknown wire type {_wire}");
        }
        return true;
    }

    /// <summary>The field's bytes: a text or a message.</summary>
    public readonly ReadOnlySpan<byte> Bytes() => _wire == Length ? _bytes : throw Broken($"has a number where field {Field} should have bytes");

    /// <summary>The field as a whole number; protobuf keeps the low 32 bits.</summary>
    public readonly int Int() => _wire == Varint ? unchecked((int)_number) : throw Broken($"has no whole number in field {Field}");

    /// <summary>The field as a yes or no.</summary>
    public readonly bool Flag() => _wire == Varint ? _number != 0 : throw Broken($"has no yes or no in field {Field}");

    /// <summary>The field as a float.</summary>
    public readonly float Float() => _wire == Fixed32 ? BitConverter.UInt32BitsToSingle((uint)_number) : throw Broken($"has no float in field {Field}");

    private ulong TakeVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Broken("has a number of more than ten bytes");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length) throw Broken("ends in the middle of a field");
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private static TokenizerException Broken(string fact) => new($"the tokenizer.model {fact}: it is damaged, or of another kind");
}
