using OpenLedger.Engine.Export;
using OpenLedger.Engine.Hub;

namespace OpenLedger.Studio.Features.Export;

/// <summary>Whether a disk takes an export. Writes nothing.</summary>
internal static class ExportRoom
{
    /// <summary>Stays free on the disk, in bytes; words, card and unrounded vectors are taken from it too.</summary>
    private const long Reserve = 1_000_000_000;

    /// <summary>About what the files take, in bytes.</summary>
    /// <param name="parameters">Numbers of the base.</param>
    /// <param name="adapter">Bytes of the adapter's files.</param>
    public static long Needed(ExportFormat format, long parameters, long adapter) => format switch
    {
        ExportFormat.Adapter => adapter,
        ExportFormat.Safetensors => parameters * 4,
        ExportFormat.GgufF16 => parameters * 2,
        ExportFormat.GgufQ8 => parameters * 17 / 16,   // 32 numbers in 34 bytes
        ExportFormat.GgufQ4 => parameters * 9 / 16,    // 32 numbers in 18 bytes
    };

    /// <summary>Why it cannot be written, or null.</summary>
    public static string? Problem(long needed, long free) => needed <= free - Reserve ? null
        : $"The export needs {SizeText.Of(needed)} on the disk, and {SizeText.Of(Math.Max(0, free - Reserve))} are free beside what the Studio keeps for itself. Make room, or export in a smaller form, then try again.";
}
