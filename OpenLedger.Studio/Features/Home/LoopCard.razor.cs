using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>A person's figures on the thread.</summary>
public partial class LoopCard
{
    [Parameter, EditorRequired] public HomeLoop Loop { get; set; } = null!;

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // The line after a place is solid once the next place has something.
    private ThreadLine LineAfter(int place) => Loop.Reached > place ? ThreadLine.Recorded : ThreadLine.NotYet;
}
