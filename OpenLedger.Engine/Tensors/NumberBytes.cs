using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Tensors;

/// <summary>Turns little-endian bytes of a number type into floats or integers. Knows no file.</summary>
internal static class NumberBytes
{
    public static void ToFloats(ReadOnlySpan<byte> bytes, SafetensorsType type, Span<float> into)
    {
        switch (type)
        {
            case SafetensorsType.F32: MemoryMarshal.Cast<byte, float>(bytes).CopyTo(into); break;
            case SafetensorsType.F16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), into); break;
            case SafetensorsType.BF16: FromBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), into); break;
            case SafetensorsType.F64: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), into); break;
            default: throw new SafetensorsException($"{type.Name()} holds no floating numbers");
        }
    }

    public static void ToIntegers(ReadOnlySpan<byte> bytes, SafetensorsType type, Span<long> into)
    {
        switch (type)
        {
            case SafetensorsType.I64: MemoryMarshal.Cast<byte, long>(bytes).CopyTo(into); break;
            case SafetensorsType.I32: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, int>(bytes), into); break;
            case SafetensorsType.I16: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, short>(bytes), into); break;
            case SafetensorsType.I8: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(bytes), into); break;
            case SafetensorsType.U8 or SafetensorsType.Bool: TensorPrimitives.ConvertTruncating(bytes, into); break;
            case SafetensorsType.U16: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, ushort>(bytes), into); break;
            case SafetensorsType.U32: TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, uint>(bytes), into); break;
            default: throw new SafetensorsException($"{type.Name()} holds no whole numbers that fit");
        }
    }

    /// <summary>bfloat16 is the upper half of a float32.</summary>
    public static void FromBFloat16(ReadOnlySpan<ushort> bits, Span<float> into)
    {
        Span<uint> whole = MemoryMarshal.Cast<float, uint>(into[..bits.Length]);
        for (int i = 0; i < bits.Length; i++) whole[i] = (uint)bits[i] << 16;
    }
}
