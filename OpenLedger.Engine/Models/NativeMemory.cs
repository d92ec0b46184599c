using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Models;

/// <summary>What libtorch's allocator keeps of freed memory. Knows no tensors. Asks glibc, so it does nothing on other systems than Linux.</summary>
internal static partial class NativeMemory
{
    // mallopt(3): from which size on a block is mapped by itself, and how much may lie free at the heap's end.
    private const int MapThreshold = -3, TrimThreshold = -1;

    private const int Wide = 2 << 20, Widest = 32 << 20;   // bytes; the second is where glibc's own moving threshold ends

    private static readonly Lock Gate = new();
    private static int _holders;

    /// <summary>Gives freed memory back to the machine: glibc keeps it for the process otherwise, and a base and its activations are gigabytes.</summary>
    public static void GiveBack()
    {
        if (OperatingSystem.IsLinux()) _ = Trim(0);
    }

    /// <summary>Until it is disposed, every block of two megabytes and more goes back to the machine the moment it is freed. In glibc's heap the blocks of one layer leave holes that those of the next do not fit.</summary>
    /// <remarks>Halves what a run with recomputed layers holds (starter, 4 x 256 tokens, fourth step: 2.2 to 0.96 GB) and costs it a fifth of its time there, since pages are made anew; nothing on rows of a third of that.</remarks>
    public static IDisposable HoldLittle()
    {
        lock (Gate)
            if (_holders++ == 0) Map(Wide);
        return new Lean();
    }

    private static void HoldMuch()
    {
        lock (Gate)
            if (--_holders == 0) Map(Widest);
    }

    // A threshold that was set does not move by itself any more: what is set afterwards is where it would have moved to.
    private static void Map(int threshold)
    {
        if (!OperatingSystem.IsLinux()) return;
        _ = Option(MapThreshold, threshold);
        _ = Option(TrimThreshold, 2 * threshold);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Option(int parameter, int value);

    private sealed class Lean : IDisposable
    {
        private bool _over;

        public void Dispose()
        {
            if (!_over) HoldMuch();
            _over = true;
        }
    }
}
