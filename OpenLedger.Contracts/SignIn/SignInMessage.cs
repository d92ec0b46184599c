using System.Globalization;
using System.Text;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.SignIn;

/// <summary>The sentence a wallet signs to sign in (EIP-4361), as its fields. Knows nothing of sessions or of who expects what.</summary>
/// <param name="Domain">The RFC 3986 authority that asks: host and, where it is not the scheme's own, port.</param>
/// <param name="Address">Who signs in.</param>
/// <param name="Uri">What is signed in to.</param>
/// <param name="ChainId">The chain the account is on.</param>
/// <param name="Nonce">The asking server's own, at least 8 letters and digits.</param>
/// <param name="IssuedAt">When the wallet was asked.</param>
public sealed record SignInMessage(string Domain, Address Address, string Uri, ChainId ChainId, string Nonce, DateTimeOffset IssuedAt)
{
    internal const string Sentence = " wants you to sign in with your Ethereum account:";

    /// <summary>"http" or "https", where the message says it.</summary>
    public string? Scheme { get; init; }

    /// <summary>One line for the person who signs.</summary>
    public string? Statement { get; init; }

    public DateTimeOffset? ExpirationTime { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public string? RequestId { get; init; }

    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The exact text to sign.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        if (Scheme is not null) text.Append(Scheme).Append("://");
        text.Append(Domain).Append(Sentence).Append('\n').Append(Address.Checksum).Append("\n\n");
        if (Statement is not null) text.Append(Statement).Append('\n');
        text.Append("\nURI: ").Append(Uri).Append("\nVersion: 1\nChain ID: ").Append(ChainId).Append("\nNonce: ").Append(Nonce).Append("\nIssued At: ").Append(Time(IssuedAt));
        if (ExpirationTime is { } expires) text.Append("\nExpiration Time: ").Append(Time(expires));
        if (NotBefore is { } from) text.Append("\nNot Before: ").Append(Time(from));
        if (RequestId is not null) text.Append("\nRequest ID: ").Append(RequestId);
        if (Resources.Count > 0) text.Append("\nResources:").AppendJoin("", Resources.Select(resource => "\n- " + resource));
        return text.ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
