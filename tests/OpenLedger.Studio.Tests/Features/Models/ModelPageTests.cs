using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Models.Pages;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Tests.Features.Export;

namespace OpenLedger.Studio.Tests.Features.Models;

/// <summary>An adapter's page for its owner, over real storage.</summary>
public sealed class ModelPageTests : BunitContext
{
    [Fact]
    public async Task The_rows_it_learned_from_are_counted_and_once_all_of_the_Datanet_were()
    {
        await using TinyWorld world = await OpenAsync();
        IRenderedComponent<ModelPage> page = Render<ModelPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => Assert.StartsWith("2 of 5", page.Find("section[aria-label=Thread] .v").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Contains("CC BY 4.0", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_says_first_what_becomes_everybodys_and_does_nothing_until_it_is_confirmed()
    {
        await using TinyWorld world = await OpenAsync();
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<ModelPage> page = Render<ModelPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => page.Find("button.mud-button-root"));
        await PressAsync(page, "Publish this model");
        page.WaitForAssertion(() => Assert.Contains("Say what it is good at", page.Find("[role=alert]").TextContent, StringComparison.Ordinal)); // before anything is asked
        await page.InvokeAsync(() => page.Find("input[maxlength='300']").Change("It counts."));
        await PressAsync(page, "Publish this model");
        dialogs.WaitForAssertion(() => Assert.Contains("for 0.002 OPEN to read 1,000 tokens", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(ModelState.Private, State(world));
        await PressAsync(dialogs, "Publish it");
        page.WaitForAssertion(() => Assert.Equal(ModelState.Published, State(world)));
    }

    [Fact]
    public async Task What_may_not_be_sold_has_no_button_to_publish_it_and_says_why()
    {
        await using TinyWorld world = await OpenAsync(licence: "CC-BY-NC-4.0");
        IRenderedComponent<ModelPage> page = Render<ModelPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => Assert.Contains("does not allow selling", page.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Publish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_base_under_a_licence_that_nobody_here_knows_was_once_sold_without_a_word_and_is_now_asked_about_and_written_down()
    {
        await using TinyWorld world = await OpenAsync();
        world.Catalogue.Write(c => c.Models.Change(TinyWorld.BaseId, on => on with { Licence = "other" }));
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        IRenderedComponent<ModelPage> page = Render<ModelPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => Assert.Contains("whether other (the base Tiny) allows selling", page.Find(".note").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("input[maxlength='300']").Change("It counts."));
        await PressAsync(page, "Publish this model");
        page.WaitForAssertion(() => Assert.Contains("say below that it is allowed", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.Find("input[role=switch]").Change(true));
        await PressAsync(page, "Publish this model");
        dialogs.WaitForAssertion(() => Assert.Contains("That other allows selling is your word", dialogs.Markup, StringComparison.Ordinal));
        await PressAsync(dialogs, "Publish it");
        page.WaitForAssertion(() => Assert.Contains("Its owner said", page.Markup, StringComparison.Ordinal));
        Assert.Equal(ModelState.Published, State(world));
    }

    private static ModelState State(TinyWorld world) => world.Catalogue.Read(c => c.Models.Require("one")).State;

    private static Task PressAsync<T>(IRenderedComponent<T> part, string words) where T : Microsoft.AspNetCore.Components.IComponent => part.InvokeAsync(() =>
        part.FindAll("button").Single(button => button.TextContent.Contains(words, StringComparison.Ordinal)).Click());

    private async Task<TinyWorld> OpenAsync(string licence = "CC-BY-4.0")
    {
        TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c =>
        {
            c.Versions.Put(new DatanetVersionDocument { Id = "a-1", DatanetId = "a", Number = 1, Root = Sha256Hash.Of("rows"u8), Rows = 5, Contributors = [], FileHash = Sha256Hash.Of("file"u8), Licence = licence, Created = 1 });
            c.Models.Change("one", model => model with { DatanetIds = ["a"], DatanetVersionIds = ["a-1"] });
        });
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton(new CurrentPerson(new Known()));
        Services.AddSingleton(TimeProvider.System);
        foreach (Type act in (Type[])[typeof(ReadModels), typeof(PublishAdapter), typeof(SetTerms)]) Services.AddSingleton(act, world.Get(act));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        return world;
    }

    private sealed class Known : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, TinyWorld.Owner.Key), new Claim(ClaimTypes.Role, Roles.Member)], "test"))));
    }
}
