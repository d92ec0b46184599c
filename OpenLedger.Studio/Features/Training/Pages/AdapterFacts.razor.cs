using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>A recipe's adapter as names and values of a list: what is usual always, the rest where it is set.</summary>
public sealed partial class AdapterFacts
{
    [Parameter, EditorRequired] public TrainingRecipe Recipe { get; set; } = new();
}
