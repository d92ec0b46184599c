using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Decisions that only this person can take.</summary>
public partial class WaitingCard
{
    [Parameter, EditorRequired] public IReadOnlyList<HomeWaiting> Waiting { get; set; } = [];

    private static string IconOf(HomeWaitingKind kind) => kind switch
    {
        HomeWaitingKind.RowsOffered => Icons.Users,
        HomeWaitingKind.AccessAsked => Icons.Key,
        HomeWaitingKind.Review => Icons.ShieldCheck,
    };
}
