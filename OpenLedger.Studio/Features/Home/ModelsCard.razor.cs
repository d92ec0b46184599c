using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Home;

/// <summary>Whom anybody can talk to now.</summary>
public partial class ModelsCard
{
    [Parameter, EditorRequired] public IReadOnlyList<HomeModel> Models { get; set; } = [];
}
