using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>What the choices of the wizard cost, or why they cannot start yet, over the button that starts. Foretells nothing itself.</summary>
public sealed partial class CostCard
{
    [Parameter] public bool Estimating { get; set; }

    /// <summary>Time, memory and rows of all trainings together; null while they cannot start.</summary>
    [Parameter] public TrainingEstimate? Whole { get; set; }

    /// <summary>How many trainings it is: more than one in a sweep.</summary>
    [Parameter] public int Runs { get; set; } = 1;

    [Parameter] public IReadOnlyList<SkippedRow> Skipped { get; set; } = [];

    [Parameter] public IReadOnlyList<RecipeProblem> Problems { get; set; } = [];

    /// <summary>Whether enough is chosen to ask for a start.</summary>
    [Parameter] public bool Ready { get; set; }

    [Parameter] public bool Starting { get; set; }

    [Parameter] public EventCallback OnStart { get; set; }
}
