namespace OpenLedger.Engine.Training;

/// <summary>How rows with passages are built.</summary>
public sealed record GroundedOptions
{
    /// <summary>Most rows built. Default 320.</summary>
    public int Rows { get; init; } = 320;

    /// <summary>Most passages in a prompt; one to so many are shown. Default 3: one more than a prompt usually carries.</summary>
    public int MaxPassages { get; init; } = 3;

    /// <summary>Share of the answered rows whose right passage is the row's first. Default 0.8: the first most often answers.</summary>
    public double FirstPassageShare { get; init; } = 0.8;

    /// <summary>Longest answer, in tokens. Default 70.</summary>
    public int AnswerTokens { get; init; } = 70;

    /// <summary>Share of the rows whose passages do not answer. Default 0.2.</summary>
    public double RefusalShare { get; init; } = 0.2;

    /// <summary>Start of every random choice.</summary>
    public long Seed { get; init; } = 42;
}
