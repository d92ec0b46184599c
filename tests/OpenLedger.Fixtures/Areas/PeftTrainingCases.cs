using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>PEFT's training: losses and gradients of one batch, and losses and gradient norms of thirty steps.</summary>
internal static class PeftTrainingCases
{
    private const double LossTolerance = 1e-4, GradientTolerance = 1e-3;

    /// <param name="training">The folder <c>peft/training</c>.</param>
    /// <param name="families">The folder of the base models.</param>
    public static IEnumerable<FixtureCase> Run(string training, string families)
    {
        string trajectories = Path.Combine(training, "trajectories"), gradients = Path.Combine(training, "gradients");
        foreach (string run in Runs(trajectories))
        {
            if (run != "microbatches")
                yield return FixtureCase.Of($"training/trajectories/{run}", () => CheckRun($"training/trajectories/{run}", trajectories, run, Path.Combine(families, "llama")));
        }
        foreach (string batch in Runs(gradients))
        {
            string path = Path.Combine(gradients, batch + ".safetensors");
            yield return FixtureCase.Of($"training/gradients/{batch}", () => CheckGradients($"training/gradients/{batch}", path, families));
        }
        string packing = Path.Combine(training, "packing.safetensors");
        if (File.Exists(packing)) yield return FixtureCase.Of("training/packing", () => CheckPacking("training/packing", packing, Path.Combine(families, "llama")));
    }

    private static IEnumerable<string> Runs(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal) : [];

    private static FixtureCase CheckRun(string name, string folder, string file, string basePath)
    {
        using PeftRun run = new(folder, file);
        using LanguageModel model = LanguageModel.Load(basePath);
        using LoraWeights adapter = run.ReadInitial(model);
        List<PeftStep> steps = [.. run.Play(model, adapter, folder)];
        double worstNorm = steps.Max(step => step.NormDeviation);
        return FixtureCase.Within(name, steps.Max(step => step.LossDeviation), LossTolerance, worstNorm <= GradientTolerance ? null : $"gradient norms differ by {worstNorm:0.0e+0}");
    }

    private static FixtureCase CheckGradients(string name, string path, string families)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using LanguageModel model = LanguageModel.Load(Path.Combine(families, file.Metadata["family"]));
        using LoraWeights adapter = PeftRun.ReadAdapter(file, "adapter.", file.Metadata["config"], model);
        using DisposeScope scope = NewDisposeScope();
        RowBatch batch = RowBatch.Of(PeftRun.RowsOf(file), CPU);
        Tensor picked = batch.Pick(model.Hidden(batch.Ids, adapter: adapter, lengths: batch.Lengths));
        (double sum, Tensor gradient) = AnswerLoss.WithGradient(states => model.Logits(states, adapter), picked, batch.Targets, 1.0 / batch.LearnedTokens);
        autograd.backward(picked, gradient);
        double expected = file.ReadFloats("loss")[0];
        double loss = Math.Abs(sum / batch.LearnedTokens - expected) / expected;
        (double worst, string where) = adapter.Parameters.Select(p => (Relative(p.Value.grad, file, GradientName(file, p.Name)), p.Name)).Max();
        return FixtureCase.Within(name, worst, GradientTolerance, loss <= LossTolerance ? null : $"the loss differs by {loss:0.0e+0} (worst gradient: {where})");
    }

    private static FixtureCase CheckPacking(string name, string path, string basePath)
    {
        using PackedFixture packed = new(path);
        using LanguageModel model = LanguageModel.Load(basePath);
        using LoraWeights adapter = packed.ReadAdapter(model);
        double loss = packed.LossOf(model, adapter);
        return FixtureCase.Within(name, Math.Abs(loss - packed.Loss) / packed.Loss, LossTolerance);
    }

    // PEFT names a parameter in memory otherwise than in a file where it wraps a module.
    private static string GradientName(SafetensorsFile file, string parameter)
    {
        string stem = parameter[..parameter.LastIndexOf('.')], tail = parameter[parameter.LastIndexOf('.')..];
        string[] names = [parameter, $"{parameter}.weight", $"{stem}.base_layer{tail}", $"{stem}.modules_to_save{tail}"];
        return names.Select(name => $"grad.base_model.model.{name}").First(file.Tensors.ContainsKey);
    }

    private static double Relative(Tensor? found, SafetensorsFile file, string name)
    {
        float[] wanted = file.ReadFloats(name);
        if (found is null) return double.PositiveInfinity;
        return Deviation.Of(found.data<float>().ToArray(), wanted) / Math.Max(1e-6, wanted.Max(Math.Abs));
    }
}
