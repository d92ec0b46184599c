using System.Globalization;
using OpenLedger.Engine.Export;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Export.Pages;

/// <summary>The forms in words. Reads nothing.</summary>
internal static class ExportWords
{
    public static string Title(ExportFormat format) => format switch
    {
        ExportFormat.Adapter => "Adapter alone",
        ExportFormat.Safetensors => "Whole model, safetensors",
        ExportFormat.GgufF16 => "One file, 16 bits (GGUF F16)",
        ExportFormat.GgufQ8 => "One file, 8 bits (GGUF Q8_0)",
        ExportFormat.GgufQ4 => "One file, 4 bits (GGUF Q4_0)",
    };

    public static string Text(ExportFormat format) => format switch
    {
        ExportFormat.Adapter => "Small. For Python programs that have the base already (PEFT).",
        ExportFormat.Safetensors => "Base and adapter in one, with tokenizer. For transformers and whatever reads its folders.",
        ExportFormat.GgufF16 => "For llama.cpp and the programs built on it. Nearly nothing is rounded.",
        ExportFormat.GgufQ8 => "Half as large; the difference is hard to notice. A good first choice.",
        ExportFormat.GgufQ4 => "A quarter as large and fast; small models lose some quality. The test says how much.",
    };

    /// <summary>What is asked before files go; one that failed has none.</summary>
    public static ConfirmQuestion RemoveQuestion(ExportedModel output) => new(
        "Remove this export?", $"Its files are deleted from this machine, {Size(output.Files.Sum(file => file.Size))}. The adapter stays and can be exported again.", "Remove the files")
    { Danger = true };

    /// <summary>"144 MB", "3 kB".</summary>
    public static string Size(long bytes) => bytes >= 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} kB");
}
