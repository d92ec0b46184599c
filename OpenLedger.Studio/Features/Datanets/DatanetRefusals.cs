namespace OpenLedger.Studio.Features.Datanets;

/// <summary>The noes that many use cases of a Datanet share.</summary>
public static class DatanetRefusals
{
    /// <summary>Also for what is there but not to be seen: whether it exists is no stranger's business.</summary>
    public static Refusal NotFound { get; } = new("There is no such Datanet, or it is not open to you.");

    public static Refusal OwnerOnly { get; } = new("Only the owner of this Datanet can do that.");
}
