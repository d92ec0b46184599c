using System.Net;

namespace OpenLedger.Engine.Hub;

/// <summary>What a hub's no means, as a sentence with its mend. Sends nothing.</summary>
internal static class HubRefusals
{
    private const string CodeHeader = "X-Error-Code";

    public static HubException Of(HttpResponseMessage response, string subject, bool hasToken, DateTimeOffset now)
    {
        string? code = response.Headers.TryGetValues(CodeHeader, out IEnumerable<string>? codes) ? codes.FirstOrDefault() : null;
        return (int)response.StatusCode switch
        {
            _ when code == "GatedRepo" => Gated(subject, hasToken),
            // The public hub answers 401 in place of 404, so that nobody learns which private names exist.
            401 when hasToken => new(HubFault.NeedsToken, $"The hub does not accept this token for '{subject}'. Make a new one with the right to read, and check that the name is spelled as on the hub."),
            401 => new(HubFault.NeedsToken, $"The hub shows no '{subject}' to the public. Check the spelling; if it is private or gated, add a token of an account that may read it."),
            403 => new(HubFault.NotGranted, $"The hub knows the token, but its account may not read '{subject}'. Open the model's page, accept its terms or ask for access, then try again."),
            404 when code == "RevisionNotFound" => new(HubFault.NotFound, $"'{subject}' is on the hub, but not at this revision. Leave the revision out for the newest."),
            404 => new(HubFault.NotFound, $"The hub has no '{subject}'. Check the spelling: owner/name, as at the top of the model's page."),
            429 => new(HubFault.Busy, "The hub says that too much was asked of it.") { RetryAfter = RetryAfter(response, now) },
            >= 500 => new(HubFault.Busy, $"The hub has a failure of its own ({(int)response.StatusCode}).") { RetryAfter = RetryAfter(response, now) },
            int other => new(HubFault.Refused, $"The hub refuses '{subject}' ({other})."),
        };
    }

    private static HubException Gated(string subject, bool hasToken) => hasToken
        ? new(HubFault.NotGranted, $"'{subject}' is gated, and this token's account has not been let in. Open the model's page, accept its terms, then try again.")
        : new(HubFault.NeedsToken, $"'{subject}' is gated: its makers want to know who takes it. Accept their terms on the model's page, then add a token of that account.");

    // RFC 9110, 10.2.3: seconds or a date.
    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
