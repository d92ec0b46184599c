using System.Globalization;
using System.Text.RegularExpressions;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Contracts.SignIn;

/// <summary>Reads a sign-in text by the grammar of EIP-4361 and accepts nothing besides it. Knows nothing of what anyone expects in it.</summary>
public static partial class SignInParser
{
    /// <summary>Longest text looked at, in characters.</summary>
    public const int MaxLength = 4096;

    public static SignInReading Read(string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength) return SignInReading.Refused($"it must have 1 to {MaxLength} characters");
        try
        {
            return SignInReading.Of(Message(new SignInLines(text)));
        }
        catch (SignInRefusedException refused)
        {
            return SignInReading.Refused(refused.Message);
        }
    }

    private static SignInMessage Message(SignInLines lines)
    {
        Match head = Match(Head(), lines.Take("domain"), "domain and sentence");
        string domain = head.Groups["domain"].Value;
        if (!IsAuthority(domain)) throw new SignInRefusedException($"'{domain}' is not a domain");
        Address address = AddressOf(lines.Take("address"));
        lines.Empty();
        string? statement = Statement(lines);
        var message = new SignInMessage(domain, address, UriOf(lines.Labelled("URI"), "URI"), Version(lines), Match(Nonce(), lines.Labelled("Nonce"), "nonce").Value, Time(lines.Labelled("Issued At"), "issue time"))
        {
            Scheme = head.Groups["scheme"] is { Success: true } scheme ? scheme.Value : null,
            Statement = statement,
            ExpirationTime = MaybeTime(lines, "Expiration Time"),
            NotBefore = MaybeTime(lines, "Not Before"),
            RequestId = lines.MaybeLabelled("Request ID") is { } id ? Match(RequestId(), id, "request id").Value : null,
            Resources = Resources(lines),
        };
        return lines.AtEnd ? message : throw new SignInRefusedException("has lines behind its end");
    }

    private static string? Statement(SignInLines lines)
    {
        if (lines.Peek is not { Length: > 0 } line)
        {
            lines.Empty();
            return null;
        }
        string statement = Match(StatementText(), line, "statement").Value;
        lines.Take("statement");
        lines.Empty();
        return statement;
    }

    private static ChainId Version(SignInLines lines)
    {
        if (lines.Labelled("Version") != "1") throw new SignInRefusedException("its version must be 1");
        string id = Match(Digits(), lines.Labelled("Chain ID"), "chain id").Value;
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? new ChainId(number) : throw new SignInRefusedException("its chain id is too large");
    }

    // EIP-4361: "address" must be in its EIP-55 form; other writings of the same account are refused.
    private static Address AddressOf(string text) =>
        Address.TryParse(text, out Address address) && address.Checksum == text ? address : throw new SignInRefusedException("its address must be written with its checksum (EIP-55)");

    private static List<string> Resources(SignInLines lines)
    {
        List<string> resources = [];
        if (lines.Peek != "Resources:") return resources;
        lines.Take("resources");
        while (lines.Peek?.StartsWith("- ", StringComparison.Ordinal) == true) resources.Add(UriOf(lines.Take("resource")[2..], "resource"));
        return resources;
    }

    private static string UriOf(string text, string what) =>
        UriText().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _) ? text : throw new SignInRefusedException($"its {what} is not a URI (RFC 3986)");

    private static DateTimeOffset? MaybeTime(SignInLines lines, string label) => lines.MaybeLabelled(label) is { } text ? Time(text, label) : null;

    private static DateTimeOffset Time(string text, string what) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new SignInRefusedException($"its {what} is not a date and time (RFC 3339)");

    private static bool IsAuthority(string domain) => Uri.TryCreate("https://" + domain, UriKind.Absolute, out Uri? uri) && uri is { AbsolutePath: "/", UserInfo: "", Query: "", Fragment: "" };

    private static Match Match(Regex form, string text, string what) =>
        form.Match(text) is { Success: true } match ? match : throw new SignInRefusedException($"its {what} is not as EIP-4361 writes it");

    [GeneratedRegex(@"\A(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?<domain>[A-Za-z0-9.\-_~%\[\]:!$&'()*+,;=]+) wants you to sign in with your Ethereum account:\z")]
    private static partial Regex Head();

    // reserved / unreserved / SP of RFC 3986
    [GeneratedRegex(@"\A[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;= ]+\z")]
    private static partial Regex StatementText();

    [GeneratedRegex(@"\A[A-Za-z0-9]{8,128}\z")]
    private static partial Regex Nonce();

    [GeneratedRegex(@"\A[0-9]{1,18}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex UriText();

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Rfc3339();
}
