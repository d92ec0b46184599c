namespace OpenLedger.Engine.Tensors;

/// <summary>The number types of a safetensors file, and their width.</summary>
public enum SafetensorsType { Bool, U8, I8, F8E4M3, F8E5M2, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64 }

/// <summary>Names and widths of <see cref="SafetensorsType"/> as the format writes them.</summary>
public static class SafetensorsTypes
{
    /// <summary>Bytes of one number.</summary>
    public static int Bytes(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.F8E4M3 or SafetensorsType.F8E5M2 => 1,
        SafetensorsType.I16 or SafetensorsType.U16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.I32 or SafetensorsType.U32 or SafetensorsType.F32 => 4,
        SafetensorsType.F64 or SafetensorsType.I64 or SafetensorsType.U64 => 8,
    };

    /// <summary>The name in a header, such as <c>BF16</c>.</summary>
    public static string Name(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool => "BOOL",
        SafetensorsType.F8E4M3 => "F8_E4M3",
        SafetensorsType.F8E5M2 => "F8_E5M2",
        SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.I16 or SafetensorsType.U16 or SafetensorsType.F16 or SafetensorsType.BF16
            or SafetensorsType.I32 or SafetensorsType.U32 or SafetensorsType.F32 or SafetensorsType.F64 or SafetensorsType.I64 or SafetensorsType.U64 => type.ToString(),
    };

    /// <summary>Whether it is a floating type that <see cref="SafetensorsFile.ReadFloats(string)"/> reads.</summary>
    public static bool IsFloat(this SafetensorsType type) =>
        type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;

    internal static bool TryParse(string? name, out SafetensorsType type)
    {
        foreach (SafetensorsType known in Enum.GetValues<SafetensorsType>())
        {
            type = known;
            if (known.Name() == name) return true;
        }
        type = default;
        return false;
    }
}
