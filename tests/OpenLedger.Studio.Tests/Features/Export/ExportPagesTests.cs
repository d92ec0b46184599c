using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using OpenLedger.Engine.Export;
using OpenLedger.Studio.Features.Adapters.Combining;
using OpenLedger.Studio.Features.Adapters.Pages;
using OpenLedger.Studio.Features.Export;
using OpenLedger.Studio.Features.Export.Pages;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Export;

/// <summary>The pages of exporting and combining, for one person, over real storage: loading, empty, refused, data.</summary>
public sealed class ExportPagesTests : BunitContext
{
    private readonly TaskCompletionSource<AuthenticationState> _who = new();

    [Fact]
    public async Task The_export_page_loads_then_is_empty_then_shows_files_with_the_test_s_words()
    {
        await using TinyWorld world = await OpenAsync();
        IRenderedComponent<ExportPage> page = Render<ExportPage>(set => set.Add(one => one.Id, "one"));
        Assert.Equal("true", page.Find("[aria-busy]").GetAttribute("aria-busy"));
        Enter(TinyWorld.Owner);
        page.WaitForAssertion(() => Assert.Equal("No exports yet", page.Find(".empty h3").TextContent));

        Outcome<StartedJob> started = await world.Get<StartExport>().StartAsync(TinyWorld.Owner, "one", ExportFormat.Adapter, "http://localhost/", TinyWorld.Cancel);
        await world.UntilOverAsync(started.Value!.JobId);
        IRenderedComponent<ExportPage> again = Render<ExportPage>(set => set.Add(one => one.Id, "one"));
        again.WaitForAssertion(() => Assert.Contains("20 of 20 answers are the Studio's", again.Markup, StringComparison.Ordinal));
        Assert.Contains(again.FindAll("a[download]"), link => link.GetAttribute("href") == $"/exports/{started.Value!.JobId}/files/adapter_model.safetensors");

        Assert.NotNull(await world.Get<RemoveExport>().RemoveAsync(TinyWorld.Other, started.Value!.JobId, TinyWorld.Cancel));
        Assert.True(Directory.Exists(world.Folders.Export(started.Value!.JobId)));
        IRenderedComponent<MudDialogProvider> dialogs = Render<MudDialogProvider>();
        await PressAsync(again, "Remove");
        dialogs.WaitForAssertion(() => Assert.Contains("can be exported again", dialogs.Markup, StringComparison.Ordinal));
        await PressAsync(dialogs, "Remove the files");
        again.WaitForAssertion(() => Assert.Equal("No exports yet", again.Find(".empty h3").TextContent));
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(world.Folders.Export(started.Value!.JobId))!));
        Assert.Null(await world.Get<ReadExports>().PathAsync(TinyWorld.Owner, started.Value!.JobId, "adapter_model.safetensors", TinyWorld.Cancel));
    }

    [Fact]
    public async Task An_export_that_failed_stands_with_its_reason_until_it_is_removed()
    {
        await using TinyWorld world = await OpenAsync();
        Enter(TinyWorld.Owner);
        File.Delete(Path.Combine(world.Folders.Adapters, "one", "adapter_config.json"));
        await world.UntilOverAsync((await world.Get<StartExport>().StartAsync(TinyWorld.Owner, "one", ExportFormat.Adapter, "", TinyWorld.Cancel)).Value!.JobId);
        IRenderedComponent<ExportPage> page = Render<ExportPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert]")));
        await PressAsync(page, "Remove");
        page.WaitForAssertion(() => Assert.Equal("No exports yet", page.Find(".empty h3").TextContent));
    }

    [Fact]
    public async Task Who_does_not_own_the_adapter_is_told_so_and_led_back()
    {
        await using TinyWorld world = await OpenAsync();
        world.Catalogue.Write(c => c.Models.Change("one", model => model with { State = ModelState.Published }));
        Enter(TinyWorld.Other);
        IRenderedComponent<ExportPage> page = Render<ExportPage>(set => set.Add(one => one.Id, "one"));
        page.WaitForAssertion(() => Assert.Equal("Only its owner can export it", page.Find(".empty h2").TextContent));
        IRenderedComponent<ExportPage> missing = Render<ExportPage>(set => set.Add(one => one.Id, "two"));
        missing.WaitForAssertion(() => Assert.Equal("This adapter is not here", missing.Find(".empty h2").TextContent));
    }

    [Fact]
    public async Task Combining_offers_what_may_be_seen_and_says_why_it_cannot_begin()
    {
        await using TinyWorld world = await OpenAsync();
        Enter(TinyWorld.Owner);
        IRenderedComponent<CombinePage> page = Render<CombinePage>();
        page.WaitForAssertion(() => Assert.Equal(["Adapter one", "Adapter two"], page.FindAll(".sw").Select(choice => choice.TextContent)));
        Assert.Equal(3, page.FindAll("section > .opts input").Count);   // plain ways; the others are folded away
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Combine").Click();
        page.WaitForAssertion(() => Assert.Contains("Give it a name", page.Find("section[aria-labelledby=name] [role=alert]").TextContent, StringComparison.Ordinal)); // beside the button, not above the page
    }

    [Fact]
    public async Task Nobody_s_adapters_are_few_and_the_page_says_what_is_needed()
    {
        await using TinyWorld world = await OpenAsync();
        Enter(TinyWorld.Other);
        IRenderedComponent<CombinePage> page = Render<CombinePage>();
        page.WaitForAssertion(() => Assert.Equal("Two adapters are needed", page.Find(".empty h2").TextContent));
    }

    private async Task<TinyWorld> OpenAsync()
    {
        TinyWorld world = await TinyWorld.StartAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton(new CurrentPerson(new Known(_who.Task)));
        Services.AddSingleton(TimeProvider.System);
        foreach (Type act in (Type[])[typeof(ReadExports), typeof(StartExport), typeof(RemoveExport), typeof(CombineAdapters), typeof(ReadCombining), typeof(ReadJobs), typeof(ControlJob), typeof(JobFeed)])
            Services.AddSingleton(act, world.Get(act));
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        return world;
    }

    private static Task PressAsync<T>(IRenderedComponent<T> part, string words) where T : Microsoft.AspNetCore.Components.IComponent => part.InvokeAsync(() =>
        part.FindAll("button").Single(button => button.TextContent.Contains(words, StringComparison.Ordinal)).Click());

    private void Enter(Person person) => _who.TrySetResult(new AuthenticationState(new ClaimsPrincipal(
        new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Key), new Claim(ClaimTypes.Role, Roles.Member)], "test"))));

    private sealed class Known(Task<AuthenticationState> state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => state;
    }
}
