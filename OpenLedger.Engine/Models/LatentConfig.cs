namespace OpenLedger.Engine.Models;

/// <summary>DeepSeek's latent attention: keys and values are expanded from one narrow vector a token ("DeepSeek-V2", 2024).</summary>
/// <param name="QueryRank">Width of the compressed query; null where queries are not compressed.</param>
/// <param name="KeyValueRank">Width of the compressed key and value.</param>
/// <param name="PlainWidth">Dimensions of a head without rotation.</param>
/// <param name="RotaryWidth">Dimensions of a head that turn; one key for all heads.</param>
/// <param name="ValueWidth">Dimensions of a value head.</param>
public sealed record LatentConfig(int? QueryRank, int KeyValueRank, int PlainWidth, int RotaryWidth, int ValueWidth)
{
    /// <summary>Added to the variance in the norms of the narrow vectors; null for the model's own.</summary>
    public double? NormEpsilon { get; init; }
}
