using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Components;

/// <summary>How a payment was split, as a bar and as a list whose sum is computed from what it shows. Knows no policy.</summary>
public partial class ShareBar
{
    [Parameter, EditorRequired] public IReadOnlyList<SharePart> Parts { get; set; } = [];

    /// <summary>What the parts add up to: "Contributors", "Answer".</summary>
    [Parameter] public string Whole { get; set; } = "Contributors";

    [Parameter] public bool Legend { get; set; } = true;

    /// <summary>6, or 9 where parts of one answer are compared.</summary>
    [Parameter] public int Decimals { get; set; } = 6;

    /// <summary>Basis points as "63.10 %".</summary>
    public static string Percent(int basisPoints) => string.Create(CultureInfo.InvariantCulture, $"{basisPoints / 100}.{basisPoints % 100:00} %");

    private Wei Total => Parts.Aggregate(Wei.Zero, (sum, part) => sum + part.Amount);

    private string Spoken => $"Share of {Whole}: {string.Join(", ", Parts.Select(p => $"{p.Name} {Percent(p.BasisPoints)}"))}";

    // Five shades by size; whatever comes after them shares the fifth and is told apart by its label.
    private IEnumerable<(SharePart Part, string Css)> Coloured =>
        Parts.Where(p => !p.IsRest).Select((p, i) => (p, $"c{Math.Min(i + 1, 5)}")).Concat(Parts.Where(p => p.IsRest).Select(p => (p, "cr")));
}
