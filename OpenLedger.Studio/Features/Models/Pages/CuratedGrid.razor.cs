using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Models.Pages;

/// <summary>Small open models: those that fit can be brought in, the others say why not. Asks nobody outside.</summary>
public sealed partial class CuratedGrid
{
    [Parameter, EditorRequired] public IReadOnlyList<SuitedModel> Models { get; set; } = [];

    [Parameter, EditorRequired] public MachineView Machine { get; set; } = null!;

    [Parameter] public IReadOnlyList<ImportView> Importing { get; set; } = [];

    private static string IdOf(SuitedModel one) => "c-" + one.Model.Repository.Replace('/', '-').Replace('.', '-');

    private bool IsComing(SuitedModel one) => Importing.Any(import => !import.IsOver && string.Equals(import.Input.From, one.Model.Repository, StringComparison.OrdinalIgnoreCase));
}
