namespace OpenLedger.Engine.Templates;

/// <summary>How far a stranger's template may go before it is stopped.</summary>
public sealed record TemplateLimits
{
    /// <summary>Longest template, in UTF-16 units. Default 1,000,000.</summary>
    public int SourceLength { get; init; } = 1_000_000;

    /// <summary>Most evaluated nodes of one rendering. Default 5,000,000.</summary>
    public int Steps { get; init; } = 5_000_000;

    /// <summary>Longest time of one rendering. Default 5 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest text, rendered or in between, in UTF-16 units. Default 20,000,000.</summary>
    public int TextLength { get; init; } = 20_000_000;

    /// <summary>Deepest nesting of macros, loops and expressions. Default 120.</summary>
    public int Depth { get; init; } = 120;
}
