using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>
/// Fills tensors from a weight file: shapes are checked as they are asked for, the reading is done once, in parallel, at the end.
/// </summary>
internal sealed class WeightLoader(IWeightFile file, Device device, BaseForm form = BaseForm.Float32)
{
    private const long ChunkNumbers = 1 << 20;
    private readonly List<(string Name, Tensor Target, long Rows, long Columns)> _planned = [];
    private readonly List<(string Name, QuantisedWeight Target, long[] Stored, bool Transposed)> _quantised = [];
    private readonly Dictionary<string, Tensor> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<long>> _shapes = new(StringComparer.Ordinal);

    /// <summary>Every tensor that was asked for, with its shape.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes => _shapes;

    /// <summary>Every tensor that is held as it is used, by name. Its owner is the part that asked for it.</summary>
    public IReadOnlyDictionary<string, Tensor> Made => _made;

    /// <summary>Whether the file has the tensor.</summary>
    public bool Has(string name) => file.Shape(name) is not null;

    /// <summary>A tensor of exactly this shape, filled by <see cref="Run"/>.</summary>
    /// <exception cref="ModelException">The file has none, or of another shape.</exception>
    public Tensor Require(string name, params long[] shape)
    {
        RequireShape(name, shape);
        Tensor tensor = empty(shape, float32, device).DetachFromDisposeScope();
        _made.Add(name, tensor);
        _planned.Add((name, tensor, shape[0], shape[1..].Aggregate(1L, (a, b) => a * b)));   // a vector has rows of one number
        return tensor;
    }

    /// <summary>A linear layer's weight in the base's form, filled by <see cref="Run"/>.</summary>
    /// <param name="transposed">Whether it is stored as [in, out].</param>
    /// <param name="whole">Whether it stays in float32 whatever the base's form is.</param>
    /// <exception cref="ModelException">The file has none, or of another shape.</exception>
    public LinearWeight RequireLinear(string name, long input, long output, bool transposed, bool whole)
    {
        long[] stored = transposed ? [input, output] : [output, input];
        if (whole || form == BaseForm.Float32) return new DenseWeight(Require(name, stored));
        RequireShape(name, stored);
        QuantisedWeight weight = form == BaseForm.Nf4 ? new Nf4Weight(output, input, device) : new Int8Weight(output, input, device);
        _quantised.Add((name, weight, stored, transposed));
        return weight;
    }

    /// <summary>The same where the file has it, else null.</summary>
    public Tensor? Optional(string name, params long[] shape) => Has(name) ? Require(name, shape) : null;

    /// <summary>Reads everything that was asked for.</summary>
    public void Run(CancellationToken cancel)
    {
        try
        {
            Parallel.ForEach(Chunks(), new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk => chunk());
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);   // each says by itself what is wrong
        }
        _planned.Clear();
        _quantised.Clear();
    }

    /// <summary>Gives back what was allocated, where loading fails.</summary>
    public void Abandon()
    {
        foreach ((_, Tensor target, _, _) in _planned) target.Dispose();
    }

    private void RequireShape(string name, long[] shape)
    {
        IReadOnlyList<long> stored = file.Shape(name) ?? throw new ModelException($"the file lacks the tensor '{name}'");
        if (!stored.SequenceEqual(shape)) throw new ModelException($"tensor '{name}' is [{string.Join(", ", stored)}]; the configuration needs [{string.Join(", ", shape)}]");
        _shapes.Add(name, shape);
    }

    private IEnumerable<Action> Chunks()
    {
        foreach ((string name, QuantisedWeight target, long[] stored, bool transposed) in _quantised) yield return () => Quantise(name, target, stored, transposed);
        foreach ((string name, Tensor target, long rows, long columns) in _planned.OrderByDescending(p => p.Rows * p.Columns))
        {
            if (file.RowOrder(name) is { } order)
            {
                yield return columns == 1 ? () => Fill(target, 0, rows, into => ReadVector(name, into, order)) : () => ReadRows(name, target, rows, columns, order);
                continue;
            }
            long step = Math.Max(1, ChunkNumbers / columns);
            for (long row = 0; row < rows; row += step)
            {
                (long first, long count) = (row, Math.Min(step, rows - row));
                yield return () => Fill(target, first, count, into => file.Read(name, first * columns, into));
            }
        }
    }

    // One whole matrix in float32 a thread, and no more.
    private void Quantise(string name, QuantisedWeight target, long[] stored, bool transposed)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(checked((int)(stored[0] * stored[1])));
        Span<float> numbers = rented.AsSpan(0, (int)(stored[0] * stored[1]));
        if (file.RowOrder(name) is { } order)
        {
            for (long row = 0; row < stored[0]; row++) file.Read(name, order(row) * stored[1], numbers.Slice((int)(row * stored[1]), (int)stored[1]));
        }
        else file.Read(name, 0, numbers);
        target.Fill(transposed ? Turned(numbers, (int)stored[0], (int)stored[1]) : numbers);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void ReadRows(string name, Tensor target, long rows, long columns, Func<long, long> order) => Fill(target, 0, rows, into =>
    {
        for (long row = 0; row < rows; row++) file.Read(name, order(row) * columns, into.Slice((int)(row * columns), (int)columns));
    });

    private static float[] Turned(ReadOnlySpan<float> stored, int rows, int columns)
    {
        float[] turned = new float[stored.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) turned[column * rows + row] = stored[row * columns + column];
        return turned;
    }

    // A bias: one number a row.
    private void ReadVector(string name, Span<float> into, Func<long, long> order)
    {
        float[] stored = new float[into.Length];
        file.Read(name, 0, stored);
        for (int i = 0; i < into.Length; i++) into[i] = stored[order(i)];
    }

    // On the CPU straight into the tensor's memory; elsewhere through a copy.
    private static void Fill(Tensor target, long first, long count, SpanAction read)
    {
        using Tensor part = target.narrow(0, first, count);
        if (part.device_type == DeviceType.CPU)
        {
            read(MemoryMarshal.Cast<byte, float>(part.bytes));
            return;
        }
        using Tensor staged = empty(part.shape, float32);
        read(MemoryMarshal.Cast<byte, float>(staged.bytes));
        part.copy_(staged);
    }

    private delegate void SpanAction(Span<float> into);
}
