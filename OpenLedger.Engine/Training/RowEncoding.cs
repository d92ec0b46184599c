namespace OpenLedger.Engine.Training;

/// <summary>What became of a row on its way to tokens: an encoded row, or the reason why it cannot be learned from.</summary>
public sealed record RowEncoding(EncodedRow? Row, string? Skipped)
{
    /// <summary>A row that can be learned from.</summary>
    public static RowEncoding Of(EncodedRow row) => new(row, null);

    /// <summary>A row that cannot, and why.</summary>
    public static RowEncoding Skip(string reason) => new(null, reason);
}
