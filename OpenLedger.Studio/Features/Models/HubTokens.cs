using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;

namespace OpenLedger.Studio.Features.Models;

/// <summary>People's hub tokens, encrypted with the node's keys, given out to downloads alone. Knows no hub.</summary>
public sealed class HubTokens(StudioSettings settings, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("OpenLedger.Studio.HubTokens");

    public bool Has(Address person) => Kept(person.Key).Length > 0;

    /// <summary>The token of the person with this key; null where there is none, or where the node's keys were lost.</summary>
    public string? Of(string personKey)
    {
        try
        {
            return Kept(personKey) is { Length: > 0 } kept ? _protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Keeps it in place of an earlier one; an empty one forgets.</summary>
    public void Keep(Address person, string token) => settings.Write(NameOf(person.Key), token.Trim().Length == 0 ? "" : _protector.Protect(token.Trim()), person);

    private string Kept(string personKey) => settings.Read(NameOf(personKey), "");

    private static string NameOf(string personKey) => $"hub-token-{personKey}";
}
