using OpenLedger.Engine.Models;
using OpenLedger.Engine.Records;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Models;

public class FeedForwardTests
{
    // By hand: x·sigmoid(1.702x), max(x, 0), tanh x, and the three that were there.
    [Theory]
    [InlineData(Activation.QuickGelu, 1.0, 0.845796)]
    [InlineData(Activation.QuickGelu, -2.0, -0.064342)]
    [InlineData(Activation.Relu, -1.0, 0.0)]
    [InlineData(Activation.Relu, 1.5, 1.5)]
    [InlineData(Activation.Tanh, 0.5, 0.462117)]
    [InlineData(Activation.Silu, 1.0, 0.731059)]
    [InlineData(Activation.Gelu, 1.0, 0.841345)]
    [InlineData(Activation.GeluTanh, 1.0, 0.841192)]
    public void Each_activation_is_its_formula(Activation activation, double x, double expected)
    {
        ModelConfig config = new() { Family = "gpt2", Vocabulary = 1, Width = 1, Layers = 1, Heads = 1, KeyValueHeads = 1, HeadWidth = 1, Inner = 1, MaxPositions = 1, Gated = false, Activation = activation };
        using Ones file = new();
        WeightLoader loader = new(file, CPU);
        using FeedForward feed = new(loader, config, WeightNames.Llama, "", 1);
        loader.Run(default);
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(expected, feed.Forward(tensor(new float[] { (float)x }, [1, 1]), default).ToSingle(), 1e-5);
    }

    /// <summary>A file in which every weight is one number, 1.</summary>
    private sealed class Ones : IWeightFile
    {
        public long Count => 1;

        public IReadOnlyList<long>? Shape(string name) => name.EndsWith(".weight", StringComparison.Ordinal) ? [1, 1] : null;

        public int Block(string name) => 1;

        public void Read(string name, long start, Span<float> into) => into.Fill(1);

        public Func<long, long>? RowOrder(string name) => null;

        public Sha256Hash Hash() => Sha256Hash.Of([]);

        public void Dispose()
        {
        }
    }
}
