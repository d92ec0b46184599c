using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Security;

/// <summary>Keeps sign-ins in the ledger, so that ending one works at once and everywhere; the cookie carries a secret and the row its hash.</summary>
public sealed class SessionStore(LedgerWriter writer, LedgerReader reader, Catalogue catalogue, TimeProvider clock) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        string id = IdOf(secret);
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new Claim(Session.IdClaim, id));
        long now = Now;
        var row = new SessionRow
        {
            Id = id,
            Address = Person.From(ticket.Principal).Address!.Value,
            Ticket = TicketSerializer.Default.Serialize(ticket),
            Created = now,
            Seen = now,
            Expires = ExpiryOf(ticket),
        };
        await writer.WriteAsync(ledger => { ledger.Sessions.Add(row); }, CancellationToken.None);
        return secret;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => writer.WriteAsync(ledger =>
    {
        if (ledger.Sessions.Find(IdOf(key)) is not { Ended: null } row) return;
        row.Ticket = TicketSerializer.Default.Serialize(ticket);
        row.Seen = Now;
        row.Expires = ExpiryOf(ticket);
    }, CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        SessionRow? row = await FindAliveAsync(IdOf(key));
        if (row is null || TicketSerializer.Default.Deserialize(row.Ticket) is not { } ticket) return null;
        return WithRoleOfToday(ticket, row.Address);
    }

    public Task RemoveAsync(string key) => EndAsync(IdOf(key));

    /// <summary>Ends one sign-in; its circuits follow within half a minute.</summary>
    public Task EndAsync(string id) => writer.WriteAsync(ledger =>
    {
        if (ledger.Sessions.Find(id) is { Ended: null } row) row.Ended = Now;
    }, CancellationToken.None);

    /// <summary>Whether a circuit may go on under this user: the session stands and the role is still the person's.</summary>
    public async Task<bool> StandsAsync(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(Session.IdClaim) is not { } id || await FindAliveAsync(id) is not { } row) return false;
        return user.IsInRole(Roles.Admin) == IsAdmin(row.Address);
    }

    private async Task<SessionRow?> FindAliveAsync(string id)
    {
        long now = Now;
        return await reader.ReadAsync(ledger => ledger.Sessions.SingleOrDefaultAsync(row => row.Id == id && row.Ended == null && row.Expires > now));
    }

    // A role can change after the sign-in: the ticket's own is never believed.
    private AuthenticationTicket WithRoleOfToday(AuthenticationTicket ticket, Address address)
    {
        bool admin = IsAdmin(address);
        if (ticket.Principal.IsInRole(Roles.Admin) == admin) return ticket;
        ClaimsPrincipal today = Session.For(address, admin, ticket.Principal.HasClaim(claim => claim.Type == Session.PracticeClaim));
        ((ClaimsIdentity)today.Identity!).AddClaim(ticket.Principal.FindFirst(Session.IdClaim)!);
        return new AuthenticationTicket(today, ticket.Properties, ticket.AuthenticationScheme);
    }

    private bool IsAdmin(Address address) => catalogue.Read(c => c.People.Get(PersonDocument.IdOf(address)))?.Role == PersonRole.Admin;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long ExpiryOf(AuthenticationTicket ticket) => (ticket.Properties.ExpiresUtc ?? clock.GetUtcNow() + SessionCookie.Lifetime).ToUnixTimeMilliseconds();

    private static string IdOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
