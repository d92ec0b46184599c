using System.Numerics;

namespace OpenLedger.Engine.Attribution;

/// <summary>An adapter that answered a call, alone or as one of several composed, and the rows it learned from. Knows nothing of weights in memory.</summary>
/// <param name="Id">The adapter's id, or the base model's where no adapter was applied.</param>
/// <param name="Weight">Its weight among those composed, zero or more; 1 where it served alone.</param>
/// <param name="Developer">The address that is paid for it; null where there is none.</param>
/// <param name="TrainingRows">Rows of its recorded training set, scored.</param>
public sealed record ServedModel(string Id, BigInteger Weight, string? Developer, IReadOnlyList<ScoredRow> TrainingRows);
