using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Storage.Ledger.Rows;

/// <summary>One signed-in browser. Knows nothing of cookies.</summary>
public sealed class SessionRow
{
    /// <summary>A hash of the secret in the cookie, so that the database alone opens no session.</summary>
    public required string Id { get; init; }

    public required Address Address { get; init; }

    /// <summary>The serialised ticket.</summary>
    public required byte[] Ticket { get; set; }

    /// <summary>Unix milliseconds, UTC; as are the other times.</summary>
    public required long Created { get; init; }

    public required long Seen { get; set; }

    public required long Expires { get; set; }

    /// <summary>When it was ended, by sign-out or by an admin.</summary>
    public long? Ended { get; set; }
}
