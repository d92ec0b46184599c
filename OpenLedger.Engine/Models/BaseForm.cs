namespace OpenLedger.Engine.Models;

/// <summary>How a base's linear layers are held in memory; the rest, and all arithmetic, is float32.</summary>
public enum BaseForm
{
    /// <summary>As numbers of 32 bits.</summary>
    Float32,

    /// <summary>As 4-bit codes with a scale for each 64 numbers, the scales themselves in 8 bits (QLoRA: Dettmers et al., arXiv 2305.14314).</summary>
    Nf4,

    /// <summary>As whole numbers of 8 bits with a scale for each output.</summary>
    Int8,
}
