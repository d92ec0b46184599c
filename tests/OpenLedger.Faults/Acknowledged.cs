namespace OpenLedger.Faults;

/// <summary>How a process that will be killed says what it has done. Knows nothing of what that is.</summary>
internal static class Acknowledged
{
    private static readonly Lock _one = new();

    /// <summary>Flushed: what the parent has read was acknowledged, what it has not may or may not be there.</summary>
    public static void Say(string what, string id)
    {
        lock (_one)
        {
            Console.Out.WriteLine($"{what} {id}");
            Console.Out.Flush();
        }
    }
}
