using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Every decision of a recipe as a field with one sentence. Knows no range: problems are told to it.</summary>
public sealed partial class ExpertPanel
{
    private static readonly ScheduleKind[] Schedules = Enum.GetValues<ScheduleKind>();

    [Parameter, EditorRequired] public TrainingRecipe Recipe { get; set; } = new();

    [Parameter] public EventCallback<TrainingRecipe> RecipeChanged { get; set; }

    /// <summary>What is wrong, by field.</summary>
    [Parameter] public IReadOnlyList<RecipeProblem> Problems { get; set; } = [];

    private string? Wrong(string field) => Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    private Task Change(TrainingRecipe recipe) => RecipeChanged.InvokeAsync(recipe);

    private Task ChangeTargets(string text) =>
        Change(Recipe with { TargetModules = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) });
}
