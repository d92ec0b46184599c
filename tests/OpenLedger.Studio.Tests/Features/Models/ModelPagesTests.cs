using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Tests.Hub;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Models;
using OpenLedger.Studio.Features.Models.Pages;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Models;

public class ModelPagesTests
{
    [Fact]
    public async Task The_list_loads_until_it_is_known_who_looks()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        await using PagesContext pages = new(world);
        IRenderedComponent<ModelsPage> page = pages.Render<ModelsPage>();
        Assert.NotEmpty(page.FindAll("[aria-busy=true]"));
        pages.As(ImportWorld.Ann);
        page.WaitForElement("h3");
        Assert.Contains("No base model yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No adapters yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_stands_with_what_it_showed_and_an_import_that_failed_with_its_sentence()
    {
        await using ImportWorld world = await ImportWorld.StartAsync(template: null, marks: false);
        await world.ImportAsync(ImportWorld.Ann);
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Damage());
        string job = await world.StartImportAsync(ImportWorld.Ann);
        await world.UntilAsync(job, row => row.IsOver);
        await using PagesContext pages = new(world);
        IRenderedComponent<ModelsPage> page = pages.As(ImportWorld.Ann).Render<ModelsPage>();
        page.WaitForElement("table");
        IElement row = page.Find("[aria-label='Base models'] tbody tr");
        Assert.Contains("No chat template", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("tokens/s", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("did not arrive as the hub announced it", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await PressAsync(page, "Throw away");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
    }

    [Fact]
    public async Task The_shipped_base_is_tried_by_whoever_looks_first()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = await world.ImportAsync(ImportWorld.Ann);
        world.Get<Catalogue>().Write(c => c.Models.Put(model with { Check = null }));
        await using PagesContext pages = new(world);
        IRenderedComponent<ModelsPage> page = pages.As(Person.Visitor).Render<ModelsPage>();
        page.WaitForAssertion(() => Assert.Contains("Passed", page.Find("[aria-label='Base models'] tbody tr").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.NotNull(world.ModelOf(model.Id).Check);
    }

    [Fact]
    public async Task A_base_that_failed_its_trial_says_why_and_is_tried_again_by_a_press_alone()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        ModelDocument model = (await world.ImportAsync(ImportWorld.Ann)) with { Check = null, TrialProblem = "The weights are cut off." };
        world.Get<Catalogue>().Write(c => c.Models.Put(model));
        await using PagesContext pages = new(world);
        IRenderedComponent<ModelsPage> list = pages.As(ImportWorld.Ann).Render<ModelsPage>();
        list.WaitForAssertion(() => Assert.Contains("Trial failed", list.Find("[aria-label='Base models'] tbody tr").TextContent, StringComparison.Ordinal));
        IRenderedComponent<BaseTrial> trial = pages.Render<BaseTrial>(set => set.Add(one => one.Model, model));
        trial.WaitForAssertion(() => Assert.Contains("The weights are cut off. It is not tried again by itself", trial.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(await world.Get<ReadJobs>().NewestAsync(new JobCaller("", IsAdmin: true), TrialJob.KindName, 10, ImportWorld.Cancel));
        await PressAsync(trial, "Try it again");
        list.WaitForAssertion(() => Assert.Contains("Passed", list.Find("[aria-label='Base models'] tbody tr").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nobody_elses_import_is_shown()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Misbehave(ImportWorld.Weights, new HubMisdeed.Damage());
        string job = await world.StartImportAsync(ImportWorld.Ann);
        await world.UntilAsync(job, row => row.IsOver);
        await using PagesContext pages = new(world);
        IRenderedComponent<ModelsPage> page = pages.As(Person.Visitor).Render<ModelsPage>();
        page.WaitForElement("h3");
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task The_plan_is_shown_before_anything_is_downloaded_and_a_gated_model_asks_for_a_token()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        world.Hub.Token = "hf_right";
        await using PagesContext pages = new(world);
        IRenderedComponent<HubPart> part = pages.As(ImportWorld.Ann).Render<HubPart>(parameters => parameters.Add(p => p.Person, ImportWorld.Ann).Add(p => p.Repository, ImportWorld.Repository));
        await PressAsync(part, "Look it up");
        part.WaitForElement("input[type=password]");
        await part.InvokeAsync(() => part.Find("input[type=password]").Input("hf_right"));
        await PressAsync(part, "Look it up");
        part.WaitForElement("dl");
        Assert.Contains("Apache 2.0", part.Find("dl").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Hub.Calls, call => call.Path.StartsWith("/cdn/", StringComparison.Ordinal));
        Assert.DoesNotContain("hf_right", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_admin_finds_the_machines_folders_closed()
    {
        await using ImportWorld world = await ImportWorld.StartAsync();
        await using PagesContext pages = new(world);
        IRenderedComponent<ImportPage> page = pages.As(ImportWorld.Ann).Render<ImportPage>();
        page.WaitForAssertion(() => Assert.Contains("Only an admin may name a folder", page.Markup, StringComparison.Ordinal));
        Assert.True(page.FindAll("input[type=radio]")[2].HasAttribute("disabled"));
    }

    // Found and pressed on the page's own thread: a drawing in between would give the button another handler.
    private static Task PressAsync<T>(IRenderedComponent<T> part, string words) where T : Microsoft.AspNetCore.Components.IComponent => part.InvokeAsync(() =>
        part.FindAll("button").Single(button => button.TextContent.Contains(words, StringComparison.Ordinal)).Click());

    /// <summary>Renders pages for one person, over real storage, jobs and the stand-in hub.</summary>
    private sealed class PagesContext : BunitContext
    {
        private readonly TaskCompletionSource<AuthenticationState> _who = new();

        public PagesContext(ImportWorld world)
        {
            JSInterop.Mode = JSRuntimeMode.Loose;
            Services.AddMudServices(options => options.PopoverOptions.CheckForPopoverProvider = false);
            Services.AddSingleton<AntiforgeryStateProvider, NoToken>();
            Services.AddSingleton<AuthenticationStateProvider>(new Known(_who.Task));
            Services.AddSingleton(new CurrentPerson(new Known(_who.Task)));
            Services.AddSingleton(TimeProvider.System);
            Services.AddSingleton(world.Get<HubOptions>());
            foreach (Type act in new[] { typeof(ReadModels), typeof(ReadImports), typeof(EndImport), typeof(SuitModels), typeof(JobFeed), typeof(PlanImport), typeof(StartImport), typeof(HubTokens), typeof(ModelUploads), typeof(StartTrial), typeof(RemoveModel) })
                Services.AddSingleton(act, world.Get(act));
            SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        }

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
}
