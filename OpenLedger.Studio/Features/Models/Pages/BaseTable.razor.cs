using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Features.Adapters;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>The bases on this machine, with where they came from and what they showed. Reads nothing itself.</summary>
public sealed partial class BaseTable
{
    [Parameter, EditorRequired] public IEnumerable<ModelView> Bases { get; set; } = [];
}
