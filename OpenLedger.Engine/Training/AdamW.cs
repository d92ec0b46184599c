using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) over named parameters, its moments open to be kept. Knows nothing of schedules.</summary>
/// <remarks>Own, and not torch's, because checkpoints and attribution need both moments by name; the numbers are torch's.</remarks>
public sealed class AdamW : IDisposable
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999, Epsilon = 1e-8;

    private readonly List<Slot> _slots;

    /// <summary>Starts with zero moments; the parameters stay the caller's.</summary>
    /// <param name="rateOf">By how much a parameter's rate differs from the step's; null for one rate for all.</param>
    /// <param name="shrinks">Whether weight decay reaches a parameter; null for all.</param>
    public AdamW(IEnumerable<(string Name, Tensor Value)> parameters, double weightDecay, Func<string, Tensor, double>? rateOf = null, Func<string, Tensor, bool>? shrinks = null)
    {
        using IDisposable noGradient = no_grad();
        _slots = [.. parameters.Select(p => new Slot(
            p.Name, p.Value, zeros_like(p.Value).DetachFromDisposeScope(), zeros_like(p.Value).DetachFromDisposeScope(), rateOf?.Invoke(p.Name, p.Value) ?? 1, shrinks?.Invoke(p.Name, p.Value) == false ? 0 : weightDecay))];
    }

    /// <summary>Updates done so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Each parameter with its running mean of gradients and of their squares, of the parameter's shape.</summary>
    public IEnumerable<(string Name, Tensor First, Tensor Second)> Moments => _slots.Select(slot => (slot.Name, slot.First, slot.Second));

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach (Slot slot in _slots) slot.Parameter.grad?.zero_();
    }

    /// <summary>Scales all gradients down so that together they are no longer than <paramref name="limit"/> (0: no limit); returns their length before.</summary>
    public double ClipGradients(double limit)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        List<Tensor> gradients = [.. _slots.Select(slot => slot.Parameter.grad).OfType<Tensor>()];
        double norm = stack(gradients.Select(gradient => gradient.norm())).norm().ToDouble();
        double scale = limit / (norm + 1e-6); // torch's clip_grad_norm_
        if (limit > 0 && scale < 1)
            foreach (Tensor gradient in gradients) gradient.mul_(scale);
        return norm;
    }

    /// <summary>Moves every parameter by one update.</summary>
    public void Apply(double learningRate)
    {
        Steps++;
        double firstCorrection = 1 - Math.Pow(FirstDecay, Steps), secondCorrection = Math.Sqrt(1 - Math.Pow(SecondDecay, Steps));
        using IDisposable noGradient = no_grad();
        foreach (Slot slot in _slots)
        {
            using DisposeScope scope = NewDisposeScope();
            if (slot.Parameter.grad is not Tensor gradient) continue;
            double rate = learningRate * slot.Rate;
            slot.Parameter.mul_(1 - rate * slot.WeightDecay);
            slot.First.mul_(FirstDecay).add_(gradient, 1 - FirstDecay);
            slot.Second.mul_(SecondDecay).addcmul_(gradient, gradient, 1 - SecondDecay);
            Tensor denominator = slot.Second.sqrt().div_(secondCorrection).add_(Epsilon);
            slot.Parameter.addcdiv_(slot.First, denominator, -rate / firstCorrection);
        }
    }

    /// <summary>Takes up where another left off.</summary>
    /// <exception cref="TrainingException">A moment is missing or has another shape.</exception>
    public void Restore(int steps, Func<string, (float[] First, float[] Second)> moments)
    {
        using IDisposable noGradient = no_grad();
        foreach (Slot slot in _slots)
        {
            using DisposeScope scope = NewDisposeScope();
            (float[] first, float[] second) = moments(slot.Name);
            if (first.Length != slot.First.numel() || second.Length != slot.Second.numel())
                throw new TrainingException($"the kept moments of '{slot.Name}' have {first.Length} and {second.Length} numbers; {slot.First.numel()} are needed");
            slot.First.copy_(tensor(first).reshape(slot.First.shape));
            slot.Second.copy_(tensor(second).reshape(slot.Second.shape));
        }
        Steps = steps;
    }

    public void Dispose()
    {
        foreach (Slot slot in _slots)
        {
            slot.First.Dispose();
            slot.Second.Dispose();
        }
    }

    private sealed record Slot(string Name, Tensor Parameter, Tensor First, Tensor Second, double Rate, double WeightDecay);
}
