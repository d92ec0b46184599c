using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Models;

/// <summary>What libtorch's allocator keeps of freed memory. Knows no tensors.</summary>
internal static partial class NativeMemory
{
    /// <summary>Gives freed memory back to the machine: glibc keeps it for the process otherwise, and a base and its activations are gigabytes.</summary>
    public static void GiveBack()
    {
        if (OperatingSystem.IsLinux()) _ = Trim(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
