using System.Security.Cryptography;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>The adapter that a run begins or goes on with, ready to learn. Knows no optimiser.</summary>
internal static class StartingAdapter
{
    /// <summary>A new one, by the recipe's seed; or another run's, where the plan goes on from one.</summary>
    /// <exception cref="TrainingException">The other run's files are not those that the plan names, or of another shape than the recipe's.</exception>
    public static LoraWeights Begin(TrainingPlan plan, LanguageModel model)
    {
        TrainingRecipe recipe = plan.Recipe;
        if (plan.Start is not null) return Learnable(ReadParent(plan.Start, recipe, model));
        return recipe.Pissa
            ? PissaStart.Create(recipe.Adapter, new AdapterBase(model.Linears), model.WeightOf)
            : LoraWeights.Create(recipe.Adapter, model.Linears, recipe.Seed, model.Device, model.WeightOf);
    }

    /// <summary>The one in a checkpoint of this plan.</summary>
    public static LoraWeights GoOn(string folder, TrainingPlan plan, LanguageModel model)
    {
        LoraWeights read = AdapterFile.Read(folder, model.AdapterBase, model.Device);
        if (!plan.Recipe.Pissa) return Learnable(read);
        using (read) return PissaStart.FromPlain(read, plan.Recipe.Adapter);
    }

    /// <summary>What compared answers are measured against: the plan's start, frozen; null for the base alone.</summary>
    public static LoraWeights? Reference(TrainingPlan plan, LanguageModel model) =>
        plan.Start is TrainingStart start && PreferenceObjective.Of(plan.Recipe) is { HasReference: true } ? ReadParent(start, plan.Recipe, model) : null;

    private static LoraWeights ReadParent(TrainingStart start, TrainingRecipe recipe, LanguageModel model)
    {
        using (FileStream file = File.OpenRead(Path.Combine(start.Folder, AdapterFile.WeightsName)))
        {
            Sha256Hash found = Sha256Hash.FromDigest(SHA256.HashData(file));
            if (found != start.Parent.Weights) throw new TrainingException($"the adapter to go on from has the hash {found}; the plan names {start.Parent.Weights}");
        }
        LoraWeights read = AdapterFile.Read(start.Folder, model.AdapterBase, model.Device);
        LoraConfig has = read.Config;
        if (has.Rank == recipe.Rank && has.Alpha == recipe.Alpha && has.Dora == recipe.Dora && has.RankStabilized == recipe.RankStabilized) return read;
        read.Dispose();
        throw new TrainingException($"the adapter to go on from has rank {has.Rank} and alpha {has.Alpha}, the recipe asks for rank {recipe.Rank} and alpha {recipe.Alpha}: a run cannot change the shape of what it goes on from");
    }

    private static LoraWeights Learnable(LoraWeights adapter)
    {
        foreach ((_, TorchSharp.torch.Tensor value) in adapter.Parameters) value.requires_grad = true;
        return adapter;
    }
}
