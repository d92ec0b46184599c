using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>How many numbers a recipe's adapter learns, by what they cost. Holds none of them.</summary>
/// <param name="Beside">In pairs beside the decoder's layers: each token passes them.</param>
/// <param name="All">Everything that learns: pairs, biases, whole modules.</param>
/// <param name="WholeHead">Whether the output layer learns whole.</param>
internal sealed record AdapterSize(long Beside, long All, bool WholeHead)
{
    public static AdapterSize Of(TrainingRecipe recipe, ModelOutline model)
    {
        LoraConfig config = recipe.Adapter;
        long beside = 0, pairs = 0, whole = 0;
        foreach (string module in config.TargetsIn(model.Parts))
        {
            model.Parts.TryShape(module, out LinearShape shape);
            long numbers = config.RankFor(module) * (shape.In + shape.Out);
            pairs += numbers;
            if (model.Linears.ContainsKey(module)) beside += numbers;
        }
        foreach (string name in config.ReplacedIn(model.Parts))
        {
            model.Parts.TryTensor(name, out IReadOnlyList<long>? shape);
            whole += shape!.Aggregate(1L, (a, b) => a * b);
        }
        return new(beside, pairs + whole, model.Parts.Head is { } head && config.Saves(head.Key));
    }
}
