using OpenLedger.Engine.Tensors;

namespace OpenLedger.Engine.Export;

/// <summary>In which form a tuned model leaves.</summary>
public enum ExportFormat
{
    /// <summary>The adapter alone, as PEFT reads it.</summary>
    Adapter,

    /// <summary>Base and adapter as one model: config.json, tokenizer and safetensors, in float32 so that nothing is rounded.</summary>
    Safetensors,

    /// <summary>One file for llama.cpp and what is built on it, 16 bits a number.</summary>
    GgufF16,

    /// <summary>The same with about 8.5 bits a number.</summary>
    GgufQ8,

    /// <summary>The same with about 4.5 bits a number.</summary>
    GgufQ4,
}

/// <summary>What belongs to a format.</summary>
public static class ExportFormats
{
    /// <summary>Whether it is one GGUF file.</summary>
    public static bool IsGguf(this ExportFormat format) => format is ExportFormat.GgufF16 or ExportFormat.GgufQ8 or ExportFormat.GgufQ4;

    /// <summary>Whether numbers are rounded so far that answers may change; such an export is measured instead of compared.</summary>
    public static bool IsQuantised(this ExportFormat format) => format is ExportFormat.GgufQ8 or ExportFormat.GgufQ4;

    /// <summary>The type of the large matrices.</summary>
    internal static GgufType MatrixType(this ExportFormat format) => format switch
    {
        ExportFormat.GgufQ4 => GgufType.Q4_0,
        ExportFormat.GgufQ8 => GgufType.Q8_0,
        ExportFormat.GgufF16 => GgufType.F16,
        ExportFormat.Adapter or ExportFormat.Safetensors => GgufType.F32,
    };

    /// <summary>llama.cpp's number for a file of mostly this type (<c>llama_ftype</c>).</summary>
    internal static uint FileType(this ExportFormat format) => format switch
    {
        ExportFormat.GgufF16 => 1,
        ExportFormat.GgufQ4 => 2,
        ExportFormat.GgufQ8 => 7,
        ExportFormat.Adapter or ExportFormat.Safetensors => 0,
    };

    internal static string Word(this ExportFormat format) => format switch
    {
        ExportFormat.Adapter => "PEFT adapter",
        ExportFormat.Safetensors => "merged safetensors, float32",
        ExportFormat.GgufF16 => "merged GGUF, F16",
        ExportFormat.GgufQ8 => "merged GGUF, Q8_0",
        ExportFormat.GgufQ4 => "merged GGUF, Q4_0",
    };
}

/// <summary>A model cannot leave in the form that was asked for: the message says what is in the way and which form would do.</summary>
public sealed class ExportException(string message) : Exception(message);
