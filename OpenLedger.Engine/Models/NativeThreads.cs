using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenLedger.Engine.Models;

/// <summary>How libtorch's threads wait for each other. Speaks when this assembly is first used, which is before libtorch.</summary>
internal static partial class NativeThreads
{
    /// <summary>
    /// Lets idle threads sleep instead of spin: on a machine that also serves pages and a chain, spinning took half of the speed
    /// (measured with every core busy), sleeping costs microseconds where a core is free. A setting of the person's own stays.
    /// </summary>
#pragma warning disable CA2255 // libgomp reads its setting while libtorch loads, and no caller can be trusted to have called before
    [ModuleInitializer]
    internal static void WaitAsleep()
#pragma warning restore CA2255
    {
        // .NET keeps its own copy of the environment; libgomp reads the process's.
        if (OperatingSystem.IsLinux()) _ = SetEnvironment("OMP_WAIT_POLICY", "passive", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
