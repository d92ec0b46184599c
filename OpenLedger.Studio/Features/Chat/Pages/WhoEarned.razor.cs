using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>The shares one answer paid, each a link. Computes no share.</summary>
public sealed partial class WhoEarned
{
    private const int Whole = 10_000;

    /// <summary>Null before there is a paid answer.</summary>
    [Parameter] public EarnedByAnswer? Earned { get; set; }

    /// <summary>One is being written.</summary>
    [Parameter] public bool Waiting { get; set; }

    /// <summary>Whether a sentence of the answer stands in its passages.</summary>
    [Parameter] public bool IsSupported { get; set; }

    private string PassagesText => IsSupported ? "Passages the answer used" : "Passages that were looked up; no sentence of the answer stands in them";

    private string Percent(Wei part) => ShareBar.Percent((int)(part.Amount * Whole / Earned!.Contributed.Amount));
}
