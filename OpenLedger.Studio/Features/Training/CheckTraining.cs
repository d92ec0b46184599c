using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Training;

/// <summary>Says why a run cannot be started, field by field, before anything is opened. Starts nothing.</summary>
public sealed class CheckTraining(BaseModels bases, TrainableDatanets datanets)
{
    /// <summary>Longest name of an adapter, in letters.</summary>
    internal const int LongestName = 80;

    /// <summary>All problems; empty when the run may be queued.</summary>
    public IReadOnlyList<RecipeProblem> Problems(TrainingInput input, Person person) => [.. Found(input, person)];

    private IEnumerable<RecipeProblem> Found(TrainingInput input, Person person)
    {
        if (!person.IsSignedIn) yield return new("Person", "Sign in to train: a run and its adapter belong to a wallet.");
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > LongestName)
            yield return new(nameof(input.Name), $"Give the adapter a name of 1 to {LongestName} letters.");
        ModelDocument? on = bases.Find(input.BaseId);
        foreach (string licence in LicenceExpression.Parts(on?.Licence ?? "").Where(licence => LicenceTerms.Of(licence).Train == Permission.Denied))
            yield return new(nameof(input.BaseId), $"'{on!.Name}' is under {Licence.NameOf(licence)}, and nothing that is made of it may be shared. Choose another base.");
        if (on is null) yield return new(nameof(input.BaseId), "Choose a base that is here.");
        if (input.VersionIds.Count == 0) yield return new(nameof(input.VersionIds), "Choose at least one Datanet.");
        foreach (string version in input.VersionIds.Where(version => !datanets.Allows(person, version)))
            yield return new(nameof(input.VersionIds), $"You may not train on '{version}': ask its owner for access.");
        foreach (RecipeProblem problem in on is null ? RecipeCheck.Ranges(input.Recipe) : Recipe(input, on)) yield return problem;
    }

    private IEnumerable<RecipeProblem> Recipe(TrainingInput input, ModelDocument on)
    {
        try
        {
            ModelOutline outline = bases.Outline(on);
            return RecipeCheck.Problems(input.Recipe, outline.Parts, outline.Config.MaxPositions);
        }
        catch (Exception refused) when (refused is ModelException or IOException)
        {
            return [new(nameof(input.BaseId), $"This base cannot be opened: {refused.Message}."), .. RecipeCheck.Ranges(input.Recipe)];
        }
    }
}
