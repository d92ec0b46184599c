using Microsoft.AspNetCore.Components.Authorization;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Tells the chat's page who is on its circuit, guests included.</summary>
public sealed class CurrentAsker(AuthenticationStateProvider authentication)
{
    public async Task<ChatAsker> GetAsync() => ChatAsker.From((await authentication.GetAuthenticationStateAsync()).User);
}
