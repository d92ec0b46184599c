using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Models;

/// <summary>Where a model's weights come from, under checkpoint names: a GGUF file or a folder of safetensors.</summary>
internal interface IWeightFile : IDisposable
{
    /// <summary>Numbers in all tensors together, so that a model is measured before anything is allocated.</summary>
    long Count { get; }

    /// <summary>The stored shape, outermost first; null where there is no such tensor.</summary>
    IReadOnlyList<long>? Shape(string name);

    /// <summary>Numbers that can only be read together: 1, or a block of a quantised type.</summary>
    int Block(string name);

    /// <summary>Reads float32 values from element <paramref name="start"/> on until <paramref name="into"/> is full.</summary>
    void Read(string name, long start, Span<float> into);

    /// <summary>For each row as the checkpoint has it, the row where this file keeps it; null where they agree.</summary>
    Func<long, long>? RowOrder(string name);

    /// <summary>SHA-256 over the file, or over names and hashes of the shards.</summary>
    Sha256Hash Hash();
}
