namespace OpenLedger.Engine.Attribution;

/// <summary>How a call's fee becomes shares: governed basis points and rules, published by hash. Knows nothing of a single call.</summary>
/// <remarks>The three parts of the net fee sum to 10,000 basis points, and so do the two kinds of evidence within the contributors' part.</remarks>
public sealed record SharePolicy
{
    /// <summary>Basis points in a whole.</summary>
    public const int Whole = 10_000;

    /// <summary>Basis points of the net fee for whoever made the adapter. Default 4000.</summary>
    public int Developer { get; init; } = 4000;

    /// <summary>Basis points of the net fee for those who stake on the model. Default 1000.</summary>
    public int Stakers { get; init; } = 1000;

    /// <summary>Basis points of the net fee for the contributors of rows. Default 5000.</summary>
    public int Contributors { get; init; } = 5000;

    /// <summary>Basis points of the contributors' part for passages the answer used. Default 6000.</summary>
    public int Passages { get; init; } = 6000;

    /// <summary>Basis points of the contributors' part for rows the adapter was trained on. Default 4000.</summary>
    public int Training { get; init; } = 4000;

    /// <summary>Who is paid for duplicates. Default: the earliest.</summary>
    public DuplicateRule Duplicates { get; init; } = DuplicateRule.Earliest;

    /// <summary>The address that takes the platform's fee and every part with nobody behind it.</summary>
    public required string Treasury { get; init; }

    /// <summary>What is wrong with it, in words for the person who set it; empty when it can be used.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Negatives(),
        .. Sum("Developer, stakers and contributors", Developer, Stakers, Contributors),
        .. Sum("Passages and training", Passages, Training),
        .. string.IsNullOrWhiteSpace(Treasury) ? ["A treasury address is needed: parts with nobody behind them go there."] : Array.Empty<string>(),
    ];

    /// <summary>This policy, if it can be used.</summary>
    /// <exception cref="SharePolicyException">It cannot; the message lists why.</exception>
    public SharePolicy Require() => Problems() is { Count: > 0 } problems ? throw new SharePolicyException(string.Join(' ', problems)) : this;

    private IEnumerable<string> Negatives() =>
        new[] { (nameof(Developer), Developer), (nameof(Stakers), Stakers), (nameof(Contributors), Contributors), (nameof(Passages), Passages), (nameof(Training), Training) }
            .Where(part => part.Item2 < 0).Select(part => $"{part.Item1} has {part.Item2} basis points; none can be negative.");

    private static string[] Sum(string names, params int[] parts) =>
        parts.Sum(part => (long)part) is long sum && sum != Whole ? [$"{names} must sum to {Whole:N0} basis points; they sum to {sum:N0}."] : [];
}
