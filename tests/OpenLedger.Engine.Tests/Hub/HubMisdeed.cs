namespace OpenLedger.Engine.Tests.Hub;

/// <summary>What a hub can do wrong with one request. Knows no file.</summary>
public abstract record HubMisdeed
{
    private HubMisdeed()
    {
    }

    /// <summary>Answers with this status, and these headers.</summary>
    public sealed record Status(int Code, string? RetryAfter = null, string? ErrorCode = null) : HubMisdeed;

    /// <summary>Drops the connection after so many bytes; before, it tells, so that a test may wait until they have arrived: what is on its way is lost with the connection.</summary>
    public sealed record Cut(long After, Action? Sent = null) : HubMisdeed;

    /// <summary>Sends so many bytes, tells, and then nothing for ever.</summary>
    public sealed record Silence(long After, Action Sent) : HubMisdeed;

    /// <summary>Sends the file, and then goes on and on.</summary>
    public sealed record Endless : HubMisdeed;

    /// <summary>Sends the right number of wrong bytes.</summary>
    public sealed record Damage : HubMisdeed;

    /// <summary>Pays no heed to the range.</summary>
    public sealed record WholeInstead : HubMisdeed;
}
