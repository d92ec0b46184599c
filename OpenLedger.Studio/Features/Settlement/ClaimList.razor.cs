using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>What a wallet has claimed, each with its transaction.</summary>
public partial class ClaimList
{
    [Parameter, EditorRequired] public IReadOnlyList<ClaimRow> Claims { get; set; } = [];
}
