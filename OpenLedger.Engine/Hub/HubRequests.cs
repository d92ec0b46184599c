using System.Net;
using System.Net.Http.Headers;

namespace OpenLedger.Engine.Hub;

/// <summary>Sends one request to a hub and turns each no into a sentence. Asks once: patience is the caller's. Knows no models.</summary>
internal sealed class HubRequests(HttpClient http, HubOptions options, TimeProvider time)
{
    /// <summary>The answer, whose body is read under the same guard.</summary>
    /// <param name="request">Sent and disposed.</param>
    /// <param name="subject">The repository, for sentences.</param>
    /// <param name="token">Goes to the hub only; a redirect to another server does not carry it on.</param>
    /// <param name="read">Reads the answer; 206 and 416 are answers too.</param>
    /// <param name="cancel">Ends it all.</param>
    /// <exception cref="HubException">The hub says no, or nothing.</exception>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, string subject, string? token, Func<HttpResponseMessage, HubBody, Task<T>> read, CancellationToken cancel)
    {
        using HttpRequestMessage sent = request;
        sent.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity")); // a range counts bytes as they are stored
        sent.Headers.UserAgent.Add(new ProductInfoHeaderValue("OpenLedger-Studio", null));
        if (!string.IsNullOrEmpty(token)) sent.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using SlowGuard guard = new(options, time, cancel);
        using HttpResponseMessage response = await AnswerAsync(sent, guard, cancel);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
            throw HubRefusals.Of(response, subject, hasToken: sent.Headers.Authorization is not null, time.GetUtcNow());
        await using HubBody body = new(response, guard, options.Address, cancel);
        return await read(response, body);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, SlowGuard guard, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, guard.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new HubException(HubFault.Unreachable, $"{options.Address.Authority} did not answer in {options.Stretch.TotalSeconds:0} seconds.", late);
        }
        catch (HttpRequestException broken)
        {
            throw new HubException(HubFault.Unreachable, $"{options.Address.Authority} cannot be reached from this machine ({broken.Message}).", broken);
        }
    }
}
