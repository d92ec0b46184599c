using System.Security.Claims;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Who asks: a signed-in person, or a guest told apart by a cookie. Knows nothing of what is asked.</summary>
/// <param name="Person">A visitor where nobody is signed in.</param>
/// <param name="Key">As chats and receipts name their owner; empty for a visitor without a cookie, who owns nothing.</param>
public sealed record ChatAsker(Person Person, string Key)
{
    public bool IsGuest => !Person.IsSignedIn;

    public bool Owns(string owner) => Key.Length > 0 && owner == Key;

    public static ChatAsker From(ClaimsPrincipal user)
    {
        Person person = Person.From(user);
        return person.IsSignedIn ? new(person, person.Key) : new(person, user.FindFirstValue(GuestCookie.Claim) is string guest ? $"guest:{guest}" : "");
    }
}
