using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Evaluation;

/// <summary>What is asked in an evaluation. Knows no model.</summary>
/// <param name="HeldOut">Rows that the adapter never learned from.</param>
/// <param name="Probe">Rows of something else altogether, on which it should not have become worse; empty for none.</param>
/// <param name="ProbeName">What those rows are, for the report; null for none.</param>
public sealed record EvaluationRows(IReadOnlyList<EncodedRow> HeldOut, IReadOnlyList<EncodedRow> Probe, string? ProbeName)
{
    /// <summary>How many of the held-out rows are answered in full; the others are only read.</summary>
    public int Answered { get; init; } = 20;

    /// <summary>Longest answer, in tokens.</summary>
    public int AnswerTokens { get; init; } = 80;

    /// <summary>Seed of which other rows' answers stand beside a row's own.</summary>
    public int Seed { get; init; } = 1;
}
