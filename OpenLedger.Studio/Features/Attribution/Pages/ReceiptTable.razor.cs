using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Attribution.Pages;

/// <summary>Answers as rows, each leading to its trace. Knows nothing of how they were found.</summary>
public sealed partial class ReceiptTable
{
    [Inject] private NameModels Models { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<ReceiptRow> Receipts { get; set; } = [];
}
