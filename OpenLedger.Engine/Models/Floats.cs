using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Models;

/// <summary>A float32 tensor's numbers in the processor's memory, one behind another, for work that several threads share. Knows no shapes.</summary>
/// <remarks>Good as long as the tensor lives.</remarks>
internal readonly unsafe struct Floats
{
    private readonly float* _first;

    /// <exception cref="ModelException">The tensor lies elsewhere, or its numbers are not float32 one behind another.</exception>
    public Floats(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU || tensor.dtype != float32 || !tensor.is_contiguous()) throw new ModelException($"numbers are needed as float32 in one piece in memory; they are {tensor.dtype} on {tensor.device}");
        Length = tensor.numel();
        if (Length == 0) return;
        using Tensor one = tensor.view(-1).narrow(0, 0, 1);   // a span cannot be longer than 2 GB, a tensor can
        fixed (byte* first = one.bytes) _first = (float*)first;   // libtorch's memory: it does not move
    }

    public long Length { get; }

    public Span<float> Part(long start, int length) => new(_first + start, length);

    /// <summary>Does a thing for each block of so many numbers, on all cores.</summary>
    /// <param name="work">Given a block's start and length.</param>
    public static void InBlocks(long length, int block, Action<long, int> work)
    {
        int blocks = (int)((length + block - 1) / block);
        Parallel.For(0, blocks, Cores, b => work((long)b * block, (int)Math.Min(block, length - (long)b * block)));
    }

    private static readonly ParallelOptions Cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
