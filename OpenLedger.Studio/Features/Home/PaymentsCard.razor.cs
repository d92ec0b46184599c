using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>What was paid last, each a link to its trace.</summary>
public partial class PaymentsCard
{
    [Parameter, EditorRequired] public IReadOnlyList<HomePayment> Payments { get; set; } = [];
}
