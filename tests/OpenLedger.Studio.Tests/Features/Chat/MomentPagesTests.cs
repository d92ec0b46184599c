using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Chat.Pages;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Features.Training.Pages;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

/// <summary>The way from a training's page to a chat with one of its moments, as its owner sees it.</summary>
public sealed class MomentPagesTests : BunitContext, IClassFixture<MomentWorld>
{
    private readonly MomentWorld _world;

    public MomentPagesTests(MomentWorld world)
    {
        _world = world;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        foreach (Type act in (Type[])[
            typeof(ReadTraining), typeof(TrainableDatanets), typeof(KeepMoment), typeof(BaseModels), typeof(ControlJob), typeof(JobFeed),
            typeof(ReadChats), typeof(AskQuestion), typeof(ChangeChat), typeof(ReadEarned), typeof(ReadPassage), typeof(ReadMoment), typeof(SuggestQuestions), typeof(RunningAnswers)])
            Services.AddSingleton(act, world.Get(act));
        Services.AddScoped<CurrentPerson>();
        Services.AddScoped<CurrentAsker>();
        BunitAuthorizationContext owner = this.AddAuthorization();
        owner.SetAuthorized("owner");
        owner.SetClaims(new Claim(ClaimTypes.NameIdentifier, MomentWorld.Owner.Key), new Claim(ClaimTypes.Role, Roles.Member));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public async Task The_button_beside_a_moment_opens_a_chat_that_says_what_it_talks_to_and_who_is_paid()
    {
        string run = await FinishedAsync();
        IRenderedComponent<RunPage> page = Render<RunPage>(set => set.Add(one => one.Id, run));
        page.WaitForAssertion(() => Assert.NotNull(Chat(page, "Step 1")));
        await Chat(page, "Step 1").ClickAsync(new());
        NavigationManager navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith($"/chat?model=moment-{run}-step-0000001", navigation.Uri, StringComparison.Ordinal));

        IRenderedComponent<ChatPage> chat = Render<ChatPage>();
        chat.WaitForAssertion(() => Assert.Contains("You talk to a moment of a training: River words, step 1.", chat.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.Contains("It is not published", chat.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Contains("the one row that it learned from until then", chat.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/factory/runs/{run}", chat.Find(".note a").GetAttribute("href"));
        Assert.Equal("River words, step 1, not published", chat.Find("#mdl option[selected]").TextContent);
        Assert.Contains("Compare with base", chat.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_that_went_while_its_page_stood_open_gets_a_sentence_there()
    {
        string run = await FinishedAsync();
        IRenderedComponent<RunPage> page = Render<RunPage>(set => set.Add(one => one.Id, run));
        page.WaitForAssertion(() => Assert.NotNull(Chat(page, "Step 1")));
        Directory.Delete(Path.Combine(_world.Get<StudioFolders>().Run(run), "checkpoints", "step-0000001"), recursive: true);
        await Chat(page, "Step 1").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("This moment is not here any more", page.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Step 1", page.Find("[aria-labelledby=moments]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_row_is_on_record_the_chat_says_where_their_part_goes()
    {
        string run = await FinishedAsync();
        ModelDocument moment = (await _world.Get<KeepMoment>().KeepAsync(run, "step-0000002", MomentWorld.Owner, MomentWorld.Cancel)).Value!;
        ModelDocument bare = moment with { Id = "moment-bare", Hash = OpenLedger.Engine.Records.Sha256Hash.Of("bare"u8), Path = "runs/none" };
        _world.Get<Catalogue>().Write(c => c.Models.Put(bare));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/chat?model=moment-bare");
        IRenderedComponent<ChatPage> chat = Render<ChatPage>();
        chat.WaitForAssertion(() => Assert.Contains("No row with a known contributor is on record for it, so what contributors would get goes to the treasury", chat.Find(".note").TextContent, StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Chat(IRenderedComponent<RunPage> page, string moment) =>
        page.FindAll("[aria-labelledby=moments] button").Single(button => button.TextContent.Trim() == $"Chat with {moment}");

    private async Task<string> FinishedAsync()
    {
        string run = await _world.TrainAsync(MomentWorld.Endless with { Recipe = MomentWorld.Endless.Recipe with { MaxSteps = 2 } });
        JobRow job = await _world.UntilOverAsync(run);
        Assert.True(job.State == JobState.Finished, job.Error);
        return run;
    }
}
