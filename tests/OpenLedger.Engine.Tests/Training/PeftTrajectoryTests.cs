using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
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
    [InlineData("dora")]
    [InlineData("neftune5")]
    [InlineData("loraplus16")]
    [InlineData("pissa")]
    public void Thirty_steps_equal_PEFT(string name) => Play(name, recompute: false);

    [Theory]
    [InlineData("accum4-clip1-cosine")]
    [InlineData("neftune5")]
    public void Reading_layers_again_on_the_way_back_changes_no_number(string name) => Play(name, recompute: true);

    private static void Play(string name, bool recompute)
    {
        using PeftRun run = new(Folder, name);
        using LanguageModel model = LanguageModel.Load(Fixture.Path("families/llama"));
        using LoraWeights adapter = run.ReadInitial(model);
        foreach (PeftStep step in run.Play(model, adapter, Folder, recompute))
        {
            Assert.Equal(step.Loss, step.Found.Loss, 1e-4 * step.Loss);
            Assert.Equal(step.GradientNorm, step.Found.GradientNorm, 1e-3 * step.GradientNorm);
        }
        AssertNear(run.Adapter("step30"), adapter);
    }

    // Adam divides tiny gradients by tiny moments, so float noise can flip an element's step: 1e-3 absolute, as the reference's own second implementation keeps.
    private static void AssertNear(IReadOnlyDictionary<string, float[]> expected, LoraWeights adapter)
    {
        foreach ((string name, torch.Tensor value) in adapter.Parameters)
        {
            string key = "base_model.model." + name;
            float[] found = value.data<float>().ToArray(), wanted = expected.GetValueOrDefault(key) ?? expected[key + ".weight"];
            Assert.True(wanted.Zip(found, (a, b) => Math.Abs(a - b)).Max() < 1e-3, name);
        }
    }
}
