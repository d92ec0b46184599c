using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace OpenLedger.Studio.Security;

/// <summary>How often one address may knock at a door that costs us something. Refused knocks get 429 and when to come again.</summary>
public static class RequestRates
{
    /// <summary>Sign-in: 30 a minute from one address, in bursts of 10.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Calls to the chain's gateway: 1,200 a minute from one address, in bursts of 200.</summary>
    public const string Rpc = "rpc";

    public static void Apply(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait))
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.AddPolicy(SignIn, context => RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 10, TokensPerPeriod = 10, ReplenishmentPeriod = TimeSpan.FromSeconds(20), QueueLimit = 0 }));
        limits.AddPolicy(Rpc, context => RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 200, TokensPerPeriod = 100, ReplenishmentPeriod = TimeSpan.FromSeconds(5), QueueLimit = 0 }));
    }
}
