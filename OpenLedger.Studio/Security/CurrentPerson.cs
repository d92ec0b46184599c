using Microsoft.AspNetCore.Components.Authorization;

namespace OpenLedger.Studio.Security;

/// <summary>Tells a page who is on its circuit. An endpoint asks <see cref="Person.From"/> with its request's user instead.</summary>
public sealed class CurrentPerson(AuthenticationStateProvider authentication)
{
    public async Task<Person> GetAsync() => Person.From((await authentication.GetAuthenticationStateAsync()).User);
}
