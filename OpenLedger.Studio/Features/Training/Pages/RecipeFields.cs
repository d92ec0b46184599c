using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>A group of a recipe's decisions as fields. Knows no range: problems are told to it.</summary>
public abstract class RecipeFields : ComponentBase
{
    [Parameter, EditorRequired] public TrainingRecipe Recipe { get; set; } = new();

    [Parameter] public EventCallback<TrainingRecipe> RecipeChanged { get; set; }

    /// <summary>What is wrong, by field.</summary>
    [Parameter] public IReadOnlyList<RecipeProblem> Problems { get; set; } = [];

    protected string? Wrong(string field) => Problems.FirstOrDefault(problem => problem.Field == field)?.Message;

    protected Task Change(TrainingRecipe recipe) => RecipeChanged.InvokeAsync(recipe);
}
