using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>What can be claimed now, and the thread it came along.</summary>
public partial class ClaimCard
{
    [Parameter, EditorRequired] public Rewards Rewards { get; set; } = null!;

    [Parameter, EditorRequired] public Address Account { get; set; }

    [Parameter] public bool Busy { get; set; }

    [Parameter] public EventCallback OnClaim { get; set; }

    private bool IsSettled => !Rewards.Claimable.IsZero || !Rewards.Claimed.IsZero;

    private Wei OnItsWay => Rewards.NotSettled + Rewards.Settling;

    private string Note => Rewards.Claimable.IsZero && !OnItsWay.IsZero
        ? $"{Money.Round(OnItsWay)} OPEN more waits for the next settlement"
        : $"from {Plural(Rewards.Answers, "answer")}{(OnItsWay.IsZero ? "" : $"; {Money.Round(OnItsWay)} OPEN more waits for the next settlement")}";

    private string RowNote => Rewards.ByRow.Count == 0 ? "none of them yours" : "each earned by what it gave";

    private string CoinText => !Rewards.Claimable.IsZero ? "1 claim" : IsSettled ? "your wallet" : "not settled yet";

    private string CoinNote => !Rewards.Claimable.IsZero ? "one transaction" : IsSettled ? $"{Money.Round(Rewards.Claimed)} OPEN claimed" : "the next batch takes it in";

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Plural(int number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";
}
