namespace OpenLedger.Engine.Training;

/// <summary>One field of a recipe that cannot be used, with what would do.</summary>
/// <param name="Field">The property's name in <see cref="TrainingRecipe"/>.</param>
/// <param name="Message">What is wrong and which values are allowed, in a sentence for the page.</param>
public sealed record RecipeProblem(string Field, string Message);
