namespace OpenLedger.Engine.Models;

/// <summary>Rotary positions (Su et al., "RoFormer", 2021): which dimensions turn, and how fast. Computes nothing.</summary>
/// <param name="Base">The slowest wavelength's base (theta).</param>
/// <param name="Dimensions">How many dimensions of a head turn; the rest stay.</param>
/// <param name="Interleaved">Pairs are neighbours (0,1), (2,3); otherwise halves (0,n/2), (1,n/2+1).</param>
public sealed record RotaryConfig(double Base, int Dimensions, bool Interleaved = false)
{
    /// <summary>How frequencies are stretched to longer contexts; null for not.</summary>
    public RotaryScaling? Scaling { get; init; }

    /// <summary>Divisors of each frequency that a GGUF file brings (<c>rope_freqs.weight</c>).</summary>
    public IReadOnlyList<float>? Divisors { get; init; }
}

/// <summary>A way to stretch rotary frequencies.</summary>
public abstract record RotaryScaling
{
    /// <summary>All positions divided by a factor (Chen et al., 2023).</summary>
    public sealed record Linear(double Factor) : RotaryScaling;

    /// <summary>Long wavelengths divided by a factor, short ones left, a ramp between (LLaMA 3.1).</summary>
    public sealed record Llama3(double Factor, double LowFactor, double HighFactor, double OriginalPositions) : RotaryScaling;

    /// <summary>YaRN (Peng et al., 2023): a ramp over dimensions, and attention's temperature in the tables.</summary>
    public sealed record Yarn(double Factor, double BetaFast, double BetaSlow, double OriginalPositions) : RotaryScaling
    {
        /// <summary>Multiplies sines and cosines.</summary>
        public required double AttentionFactor { get; init; }

        /// <summary>Whether the ramp's ends are rounded to whole dimensions.</summary>
        public bool Truncate { get; init; } = true;
    }
}
