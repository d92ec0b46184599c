namespace OpenLedger.Engine.Training;

/// <summary>What became of a row on its way to tokens: an encoded row, or the reason why it cannot be learned from.</summary>
public sealed record RowEncoding(EncodedRow? Row, string? Skipped)
{
    /// <summary>The row as it is learned from: one, or the pieces of a long text.</summary>
    public IReadOnlyList<EncodedRow> Pieces { get; private init; } = Row is null ? [] : [Row];

    /// <summary>A text in pieces.</summary>
    public static RowEncoding Of(IReadOnlyList<EncodedRow> pieces) => new(pieces[0], null) { Pieces = pieces };

    /// <summary>A row that can be learned from.</summary>
    public static RowEncoding Of(EncodedRow row) => new(row, null);

    /// <summary>A row that cannot, and why.</summary>
    public static RowEncoding Skip(string reason) => new(null, reason);
}
