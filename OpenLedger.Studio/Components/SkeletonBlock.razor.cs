using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Components;

/// <summary>The shape of what is being fetched; shows itself after 150 ms, so that a quick answer never flickers.</summary>
public partial class SkeletonBlock
{
    private static readonly int[] Widths = [44, 36, 51, 29, 40];

    /// <summary>"Loading Datanets".</summary>
    [Parameter] public string Label { get; set; } = "Loading";

    [Parameter] public int Rows { get; set; } = 4;

    [Parameter] public bool Card { get; set; } = true;
}
