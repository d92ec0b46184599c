using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Contracts, sizes and the last settlement, with the button that makes the next.</summary>
public partial class ChainAndStorage
{
    [Parameter, EditorRequired] public StudioState State { get; set; } = null!;

    [Parameter] public EventCallback OnSettle { get; set; }

    private string ChainName => State.ChainId == ChainId.Development.Value ? $"Practice chain {State.ChainId}, on this machine" : $"Chain {State.ChainId}";

    // "RewardDistributor" reads "Reward distributor".
    private static string Spaced(string name) => string.Concat(name.Select((letter, i) => i > 0 && char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
