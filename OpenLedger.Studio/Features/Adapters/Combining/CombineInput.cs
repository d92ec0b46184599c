using OpenLedger.Engine.Adapters.Merging;

namespace OpenLedger.Studio.Features.Adapters.Combining;

/// <summary>What a person decided to combine, and how. Kept as the job's input.</summary>
/// <param name="Name">What the new adapter will be called.</param>
/// <param name="Parts">The adapters, all over one base.</param>
/// <param name="Density">Share of each adapter's numbers that is kept, for the methods that drop some.</param>
/// <param name="Seed">Of what is dropped, where that is drawn.</param>
/// <param name="Asked">Unix milliseconds: tells one wish for the same from another.</param>
public sealed record CombineInput(string Name, IReadOnlyList<CombinePart> Parts, MergeMethod Method, double Density, long Seed, long Asked);

/// <summary>One adapter and how much it counts.</summary>
public sealed record CombinePart(string ModelId, double Weight);
