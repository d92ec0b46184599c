namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>Where a run stands in its sweep; kept in the run's input, so that a sweep is its runs and nothing else. Holds no result.</summary>
/// <param name="Id">Of the sweep: the same in all of its runs.</param>
/// <param name="Name">What the sweep is called.</param>
/// <param name="Number">From 1, in the order of the queue.</param>
/// <param name="Values">What differs from the other runs.</param>
public sealed record SweepPlace(string Id, string Name, int Number, IReadOnlyList<SweepValue> Values);
