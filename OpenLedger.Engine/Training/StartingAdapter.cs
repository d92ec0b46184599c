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
        LoraConfig config = recipe.Adapter.SpelledOut(model.AdapterBase);
        return recipe.Pissa
            ? PissaStart.Create(config, model.AdapterBase, model.WeightOf, model.TensorOf)
            : FreshAdapter.Create(config, model.AdapterBase, recipe.Seed, model.Device, model.WeightOf, model.TensorOf);
    }

    /// <summary>The one in a checkpoint of this plan.</summary>
    public static LoraWeights GoOn(string folder, TrainingPlan plan, LanguageModel model)
    {
        LoraWeights read = AdapterFile.Read(folder, model.AdapterBase, model.Device);
        if (!plan.Recipe.Pissa) return Learnable(read);
        using (read) return PissaStart.FromPlain(read, plan.Recipe.Adapter.SpelledOut(model.AdapterBase));
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
        if (recipe.GoingOnFrom(has).Hash == recipe.Hash) return read;
        read.Dispose();
        throw new TrainingException($"the adapter to go on from has rank {has.Rank}, alpha {has.Alpha} and its own layers, the recipe asks for rank {recipe.Rank}, alpha {recipe.Alpha} or other layers: a run cannot change the shape of what it goes on from");
    }

    private static LoraWeights Learnable(LoraWeights adapter)
    {
        foreach ((_, TorchSharp.torch.Tensor value) in adapter.Learnable) value.requires_grad = true;
        return adapter;
    }
}
