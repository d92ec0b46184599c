namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Reads a thumb up or down as people and programs write it. Knows no columns.</summary>
internal static class Thumb
{
    /// <summary>True for up, false for down, null for anything else.</summary>
    public static bool? Of(string cell) => cell.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" or "UP" or "GOOD" or "LIKE" or "LIKED" or "THUMBS_UP" or "\U0001F44D" => true,
        "FALSE" or "NO" or "0" or "-1" or "DOWN" or "BAD" or "DISLIKE" or "DISLIKED" or "THUMBS_DOWN" or "\U0001F44E" => false,
        _ => null,
    };
}
