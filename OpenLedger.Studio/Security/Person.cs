using System.Security.Claims;
using OpenLedger.Contracts.Values;

namespace OpenLedger.Studio.Security;

/// <summary>Who is asking: a wallet with its role, or a visitor. Knows nothing of how they proved it.</summary>
/// <param name="Address">The wallet, or null for a visitor.</param>
/// <param name="IsAdmin">May approve, name roles and see every job.</param>
public sealed record Person(Address? Address, bool IsAdmin)
{
    public static Person Visitor { get; } = new(null, false);

    public bool IsSignedIn => Address is not null;

    /// <summary>The lower-case address, as stores key owners; "" for a visitor, which owns nothing.</summary>
    public string Key => Address?.Key ?? "";

    /// <summary>Whether something kept under this owner is theirs.</summary>
    public bool Owns(string ownerKey) => IsSignedIn && string.Equals(Key, ownerKey, StringComparison.OrdinalIgnoreCase);

    public static Person From(ClaimsPrincipal? user) =>
        user?.Identity?.IsAuthenticated == true && Contracts.Values.Address.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out Address address)
            ? new Person(address, user.IsInRole(Roles.Admin))
            : Visitor;
}
