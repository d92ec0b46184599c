using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Training;
using OpenLedger.Fixtures.Areas;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Thirty steps equal PEFT's in loss, gradient norm and final weights.</summary>
public class PeftTrajectoryTests
{
    private static readonly string Folder = Fixture.Path("peft/training/trajectories");

    [Theory]
    [InlineData("adamw-constant")]
    [InlineData("clip1-constant")]
    [InlineData("linear-warmup5")]
    [InlineData("cosine-warmup5")]
    [InlineData("accum4-clip1-cosine")]
    [InlineData("rslora")]
    public void Thirty_steps_equal_PEFT(string name)
    {
        using PeftRun run = new(Folder, name);
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using LoraWeights adapter = run.ReadInitial(model);
        using AdamW optimizer = new(adapter.Parameters, run.WeightDecay);
        TrainingStep step = new(model, adapter, optimizer, dropout: 0, run.Clip);
        EncodedRow[][][] batches = [.. PeftRun.Batches(Folder).Chunk(run.Accumulation)];
        for (int i = 0; i < 30; i++)
        {
            StepResult result = step.Run(batches[i], run.Rates[i], seed: 0);
            double expected = run.MicroLosses.Skip(i * run.Accumulation).Take(run.Accumulation).Sum();
            Assert.Equal(expected, result.Loss, 1e-4 * expected);
            Assert.Equal(run.GradientNorms[i], result.GradientNorm, 1e-3 * run.GradientNorms[i]);
        }
        AssertNear(run.Adapter("step30"), adapter);
    }

    // Adam divides tiny gradients by tiny moments, so float noise can flip an element's step: 1e-3 absolute, as the reference's own second implementation keeps.
    private static void AssertNear(IReadOnlyDictionary<string, float[]> expected, LoraWeights adapter)
    {
        foreach ((string name, torch.Tensor value) in adapter.Parameters)
        {
            float[] found = value.data<float>().ToArray(), wanted = expected["base_model.model." + name];
            Assert.True(wanted.Zip(found, (a, b) => Math.Abs(a - b)).Max() < 1e-3, name);
        }
    }
}
