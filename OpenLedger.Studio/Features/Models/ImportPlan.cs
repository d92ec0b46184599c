using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;

namespace OpenLedger.Studio.Features.Models;

/// <summary>What a download would bring and whether this machine takes it. Downloads nothing.</summary>
/// <param name="Plan">The files.</param>
/// <param name="Free">Bytes free on the disk.</param>
/// <param name="Machine">Bytes of memory of this machine.</param>
public sealed record ImportPlan(HubPlan Plan, long Free, long Machine)
{
    /// <summary>What it takes to answer, in bytes; null where the hub did not count the model's numbers.</summary>
    public long? Memory => Plan.Parameters is { } parameters ? ModelMemory.ToAnswer(parameters) : null;

    /// <summary>Why it cannot be brought in, or null.</summary>
    public string? Problem =>
        Plan.Bytes > Free ? $"It needs {SizeText.Of(Plan.Bytes)} on the disk, and {SizeText.Of(Free)} are free."
        : Memory > Machine ? $"It needs {SizeText.Of(Memory.Value)} of memory; this machine has {SizeText.Of(Machine)}."
        : null;
}
