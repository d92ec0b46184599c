using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>A wallet signed in with its role, or why not in a sentence.</summary>
public sealed record SignInResult
{
    public Address? Address { get; private init; }

    public bool IsAdmin { get; private init; }

    public string? Refusal { get; private init; }

    public static SignInResult Welcome(Address address, bool admin) => new() { Address = address, IsAdmin = admin };

    public static SignInResult Refused(string why) => new() { Refusal = why };
}
