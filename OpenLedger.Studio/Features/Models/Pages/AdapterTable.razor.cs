using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Features.Adapters;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>The adapters a person may use, with what they learned from and earned. Reads nothing itself.</summary>
public sealed partial class AdapterTable
{
    [Parameter, EditorRequired] public IEnumerable<ModelView> Adapters { get; set; } = [];
}
