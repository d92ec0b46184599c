using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Training;

public class AnswerLossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(300)]
    public void Chunked_loss_and_gradient_equal_the_plain_ones(int positions)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor head = randn(50, 16); // [vocabulary, width]
        Tensor hidden = randn(positions, 16).requires_grad_(true);
        Tensor targets = randint(0, 50, [positions], dtype: ScalarType.Int64);
        Tensor plain = nn.functional.cross_entropy(nn.functional.linear(hidden, head), targets, reduction: nn.Reduction.Sum);
        (plain * 0.25).backward();

        (double sum, Tensor gradient) = AnswerLoss.WithGradient(h => nn.functional.linear(h, head), hidden, targets, 0.25);

        Assert.Equal(plain.ToDouble(), sum, plain.ToDouble() * 1e-5);
        Assert.Equal(plain.ToDouble(), AnswerLoss.Sum(h => nn.functional.linear(h, head), hidden, targets), plain.ToDouble() * 1e-5);
        Assert.True((hidden.grad! - gradient).abs().max().ToDouble() < 1e-6);
    }
}
