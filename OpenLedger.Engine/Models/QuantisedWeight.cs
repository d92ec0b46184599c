using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>A weight held in few bits and written out in float32 each time it is used, so that no float32 copy stays. Knows no file.</summary>
internal abstract class QuantisedWeight(long output, long input, Device device) : LinearWeight
{
    protected int Output { get; } = checked((int)output);

    protected int Input { get; } = checked((int)input);

    /// <summary>Takes the numbers in, row after row: out * in.</summary>
    public abstract void Fill(ReadOnlySpan<float> numbers);

    /// <summary>Bytes that it is held in.</summary>
    public abstract long Bytes { get; }

    public override Tensor Dense()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor dense = empty([Output, Input], float32);
        WriteOut(MemoryMarshal.Cast<byte, float>(dense.bytes));
        return dense.to(device).MoveToOuterDisposeScope();
    }

    /// <summary>Writes all numbers out, row after row.</summary>
    protected abstract void WriteOut(Span<float> into);
}
