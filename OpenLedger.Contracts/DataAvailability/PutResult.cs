namespace OpenLedger.Contracts.DataAvailability;

/// <summary>What came of putting data.</summary>
public abstract record PutResult
{
    public sealed record Stored(DataCommitment Commitment) : PutResult;

    /// <summary>Never sent: it is larger than the layer takes.</summary>
    public sealed record TooLarge(long Bytes, long Most) : PutResult;

    /// <summary>Wait and put it again (429).</summary>
    public sealed record RateLimited(TimeSpan? RetryAfter) : PutResult;

    /// <summary>The layer is down (503): put it elsewhere, as rollups fall back to L1 calldata.</summary>
    public sealed record Down : PutResult;

    public sealed record Refused(int Status, string Reason) : PutResult;
}

/// <summary>What came of fetching data.</summary>
public abstract record GetResult
{
    public sealed record Found(byte[] Payload) : GetResult;

    /// <summary>The certificate proves nothing (418): the data under it is to be dropped, by everyone alike.</summary>
    public sealed record CertificateInvalid(CertificateFault Fault, string Reason) : GetResult;

    public sealed record RateLimited(TimeSpan? RetryAfter) : GetResult;

    public sealed record Down : GetResult;

    /// <summary>Not there, or not to be had. Proxies answer 500 for data they do not know, so the two cannot be told apart.</summary>
    public sealed record Refused(int Status, string Reason) : GetResult;
}

/// <summary>Why a certificate is invalid, as eigenda-proxy numbers it in its 418 answers.</summary>
public enum CertificateFault
{
    Unreadable = 1,
    TooOld = 2,
    Unproven = 3,
    BlobUndecodable = 4,
}
