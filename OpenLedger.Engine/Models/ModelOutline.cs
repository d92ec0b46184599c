using OpenLedger.Engine.Adapters;

namespace OpenLedger.Engine.Models;

/// <summary>What a decoder is, without its weights: enough to foretell what it costs to run or to tune.</summary>
/// <param name="Config">What kind of decoder it is.</param>
/// <param name="Linears">Linear layers by checkpoint name, without the output layer.</param>
public sealed record ModelOutline(ModelConfig Config, IReadOnlyDictionary<string, LinearShape> Linears)
{
    /// <summary>All that an adapter can stand on.</summary>
    public AdapterBase Parts { get; init; } = new(Linears);
}
