using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;

namespace OpenLedger.Fixtures.Areas;

/// <summary>TRL's preference losses on the tiny llama: loss, the whole gradient's length, and two gradients number by number.</summary>
internal static class PeftPreferenceCases
{
    private const double LossTolerance = 1e-4, GradientTolerance = 1e-3;

    private static readonly Dictionary<string, TrainingRecipe> Losses = new()
    {
        ["dpo_sigmoid"] = Preference(new()),
        ["dpo_sigmoid_beta0.5"] = Preference(new() { Beta = 0.5 }),
        ["dpo_sigmoid_conservative_ls0.1"] = Preference(new() { LabelSmoothing = 0.1 }),
        ["dpo_robust_ls0.1"] = Preference(new() { Form = PreferenceForm.Robust, LabelSmoothing = 0.1 }),
        ["dpo_ipo"] = Preference(new() { Form = PreferenceForm.Ipo }),
        ["dpo_hinge"] = Preference(new() { Form = PreferenceForm.Hinge }),
        ["orpo_lambda0.1"] = new() { Objective = ObjectiveKind.OddsRatio },
        ["kto_beta0.1"] = Thumbs(new()),
        ["kto_beta0.1_d1_u1.33"] = Thumbs(new() { DislikedWeight = 1.33 }),
        ["kto_beta0.5_d2_u0.7"] = Thumbs(new() { Beta = 0.5, LikedWeight = 2, DislikedWeight = 0.7 }),
    };

    /// <param name="preference">The folder <c>peft/preference</c>.</param>
    /// <param name="families">The folder of the base models.</param>
    public static IEnumerable<FixtureCase> Run(string preference, string families)
    {
        string path = Path.Combine(preference, "llama.safetensors");
        if (!File.Exists(path)) yield break;
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using LanguageModel model = LanguageModel.Load(Path.Combine(families, "llama"));
        yield return FixtureCase.Of("preference/mismatched pairs", () => CheckMismatched(file));
        foreach ((string name, TrainingRecipe recipe) in Losses)
        {
            yield return FixtureCase.Of($"preference/{name}", () => Check($"preference/{name}", file, name, recipe with { Packing = false }, model));
            yield return FixtureCase.Of($"preference/{name} packed", () => Check($"preference/{name} packed", file, name, recipe with { Packing = true, Recompute = true }, model));
        }
    }

    private static FixtureCase Check(string name, SafetensorsFile file, string loss, TrainingRecipe recipe, LanguageModel model)
    {
        using LoraWeights adapter = PeftRun.ReadAdapter(file, "adapter.", file.Metadata["config"], model);
        using AdamW optimizer = new(adapter.Parameters, 0);
        EncodedRow[] rows = recipe.Objective == ObjectiveKind.Thumbs ? Marked(file) : Pairs(file);
        StepResult found = TrainingStep.For(recipe with { MaxGradientNorm = 0 }, model, adapter, optimizer).Run([rows], learningRate: 0, seed: 0);
        double wanted = file.ReadFloats($"{loss}.loss")[0], norm = file.ReadFloats($"{loss}.grad_norm")[0];
        string stem = $"{loss}.grad.base_model.model.";
        double gradients = adapter.Parameters.Where(p => file.Tensors.ContainsKey(stem + p.Name)).Max(p => Relative(p.Value.grad!, file.ReadFloats(stem + p.Name)));
        double worst = Math.Max(gradients, Math.Abs(found.GradientNorm - norm) / norm);
        return FixtureCase.Within(name, Math.Abs(found.Loss - wanted) / wanted, LossTolerance, worst <= GradientTolerance ? null : $"the gradients differ by {worst:0.0e+0}");
    }

    // KTO's measure of how far the model has moved is read off these texts: they must be the reference's own.
    private static FixtureCase CheckMismatched(SafetensorsFile file)
    {
        IReadOnlyList<ScoredText> ours = PreferenceObjective.Of(Thumbs(new()))!.Beside(Marked(file));
        EncodedRow[] theirs = Rows(file, "kto.kl_");
        bool equal = ours.Count == theirs.Length && ours.Zip(theirs, (a, b) => a.Row.Ids.SequenceEqual(b.Ids) && a.Row.Learned.SequenceEqual(b.Learned)).All(same => same);
        return new FixtureCase("preference/mismatched pairs", equal, $"{ours.Count} texts");
    }

    private static EncodedRow[] Pairs(SafetensorsFile file)
    {
        EncodedRow[] rows = Rows(file, "");
        return [.. rows.Take(rows.Length / 2).Zip(rows.Skip(rows.Length / 2), (chosen, rejected) => chosen with { Rejected = rejected })];
    }

    private static EncodedRow[] Marked(SafetensorsFile file)
    {
        long[] liked = file.ReadIntegers("kto.label");
        return [.. Rows(file, "kto.").Select((row, i) => row with { Liked = liked[i] == 1 })];
    }

    private static EncodedRow[] Rows(SafetensorsFile file, string prefix)
    {
        long[] ids = file.ReadIntegers($"{prefix}input_ids"), mask = file.ReadIntegers($"{prefix}attention_mask"), answer = file.ReadIntegers($"{prefix}completion_mask");
        int width = (int)file.Tensors[$"{prefix}input_ids"].Shape[1];
        return [.. Enumerable.Range(0, ids.Length / width).Select(row =>
        {
            int[] real = [.. Enumerable.Range(row * width, width).Where(i => mask[i] == 1)];
            return new EncodedRow($"row-{row}", [.. real.Select(i => (int)ids[i])], [.. real.Select(i => answer[i] == 1)]);
        })];
    }

    private static double Relative(torch.Tensor found, float[] wanted) => Deviation.Of(found.data<float>().ToArray(), wanted) / Math.Max(1e-6, wanted.Max(Math.Abs));

    private static TrainingRecipe Preference(PreferenceRecipe preference) => new() { Objective = ObjectiveKind.Preference, Preference = preference };

    private static TrainingRecipe Thumbs(PreferenceRecipe preference) => new() { Objective = ObjectiveKind.Thumbs, Preference = preference };
}
