using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Admin;

/// <summary>Datanets that wait for an admin, each with the way to its review.</summary>
public partial class WaitingTable
{
    [Parameter, EditorRequired] public Approvals Approvals { get; set; } = null!;

    private static string Review(DatanetDocument datanet) => $"/datanets/{datanet.Id}/review";
}
