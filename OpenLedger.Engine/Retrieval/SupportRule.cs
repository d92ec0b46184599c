namespace OpenLedger.Engine.Retrieval;

/// <summary>When a sentence counts as supported by a passage. Knows nothing of how overlap and cosine are measured.</summary>
/// <param name="QuotedOverlap">From this share of 3-grams on a sentence is a quotation, whatever its vector says.</param>
/// <param name="RewordedOverlap">A rewording shares at least this much ...</param>
/// <param name="RewordedCosine">... and is at least this near in meaning.</param>
public sealed record SupportRule(double QuotedOverlap = 0.6, double RewordedOverlap = 0.2, double RewordedCosine = 0.8)
{
    /// <summary>Whether so much overlap and nearness is support.</summary>
    public bool Accepts(double overlap, double cosine) => overlap >= QuotedOverlap || (overlap >= RewordedOverlap && cosine >= RewordedCosine);
}
