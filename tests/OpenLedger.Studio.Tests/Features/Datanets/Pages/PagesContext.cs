using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Tests.Features.Datanets.Pages;

/// <summary>Renders pages of the Datanets for one person, over real storage.</summary>
internal sealed class PagesContext : BunitContext
{
    private readonly TaskCompletionSource<AuthenticationState> _who = new();

    public PagesContext(DatanetsWorld world)
    {
        World = world;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<AntiforgeryStateProvider, NoToken>();
        Services.AddSingleton<AuthenticationStateProvider>(new Known(_who.Task));
        Services.AddSingleton(new CurrentPerson(new Known(_who.Task)));
        Services.AddSingleton(TimeProvider.System);
        Type[] acts =
        [
            typeof(BrowseDatanets), typeof(CreateDatanet), typeof(ReadDatanet), typeof(SubmitDatanet), typeof(PublishNext), typeof(ReadRows), typeof(RemoveWaitingRows),
            typeof(VerifyVersion), typeof(ReviewContribution), typeof(GrantAccess), typeof(AskForAccess), typeof(ChangeDatanet), typeof(ReadReview), typeof(ReviewDatanet),
            typeof(ReadUpload), typeof(MapColumns), typeof(MendRow), typeof(AddRows), typeof(ContributeRows),
        ];
        foreach (Type act in acts) Services.AddSingleton(act, world.Services.GetRequiredService(act));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public DatanetsWorld World { get; }

    /// <summary>Until this is called, nobody knows who is there and every page loads.</summary>
    public PagesContext As(Person person)
    {
        ClaimsIdentity identity = person.Address is { } address
            ? new([new Claim(ClaimTypes.NameIdentifier, address.Key), new Claim(ClaimTypes.Role, person.IsAdmin ? Roles.Admin : Roles.Member)], "test")
            : new();
        _who.TrySetResult(new AuthenticationState(new ClaimsPrincipal(identity)));
        return this;
    }

    private sealed class Known(Task<AuthenticationState> state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => state;
    }

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
