namespace OpenLedger.Engine.Retrieval;

/// <summary>When a sentence counts as supported by a passage. Knows nothing of how overlap and cosine are measured.</summary>
/// <remarks>
/// Measured on 125 sentences of the sample Datanet (the <c>retrieval</c> benchmark does it again): sentences as they stand in the passage share all their
/// 3-grams; with every fifth word dropped .4 to .6 of them, at a cosine of .74 to .99 (5 % and 95 %); sentences of the row most like it share none in
/// three cases of four, at a cosine of .2 to .71. With these thresholds all, 93 % and 3 % count as supported, and the 3 % are phrases that both rows have.
/// </remarks>
/// <param name="QuotedOverlap">From this share of 3-grams on a sentence is a quotation, whatever its vector says.</param>
/// <param name="RewordedOverlap">A rewording shares at least this much ...</param>
/// <param name="RewordedCosine">... and is at least this near in meaning.</param>
public sealed record SupportRule(double QuotedOverlap = 0.6, double RewordedOverlap = 0.25, double RewordedCosine = 0.75)
{
    /// <summary>Whether so much overlap and nearness is support.</summary>
    public bool Accepts(double overlap, double cosine) => overlap >= QuotedOverlap || (overlap >= RewordedOverlap && cosine >= RewordedCosine);
}
