using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components;

/// <summary>What a person is asked before something that costs or cannot be undone.</summary>
/// <param name="Title">Verb and object: "Publish Neurology and stroke, version 1?"</param>
/// <param name="Consequence">What it means, in a sentence.</param>
/// <param name="Button">Repeats the verb: "Publish version 1".</param>
public sealed record ConfirmQuestion(string Title, string Consequence, string Button)
{
    /// <summary>What it costs, line by line; their sum is shown.</summary>
    public IReadOnlyList<(string What, Wei Amount)> Fees { get; init; } = [];

    public Wei? Balance { get; init; }

    public bool Danger { get; init; }
}
