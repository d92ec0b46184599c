using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Chat.Pages;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Chat;

public sealed class ChatPageTests : BunitContext, IClassFixture<ChatWorld>
{
    private readonly ChatWorld _world;

    public ChatPageTests(ChatWorld world)
    {
        _world = world;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(world.Get<ReadChats>());
        Services.AddSingleton(world.Get<AskQuestion>());
        Services.AddSingleton(world.Get<ChangeChat>());
        Services.AddSingleton(world.Get<ReadEarned>());
        Services.AddSingleton(world.Get<ReadPassage>());
        Services.AddSingleton(world.Get<ReadMoment>());
        Services.AddSingleton(world.Get<SuggestQuestions>());
        Services.AddSingleton(world.Get<RunningAnswers>());
        Services.AddScoped<CurrentAsker>();
        BunitAuthorizationContext guest = this.AddAuthorization();
        guest.SetAuthorized("guest");
        guest.SetClaims(new Claim(GuestCookie.Claim, ChatWorld.Guest.Key["guest:".Length..]));
    }

    [Fact]
    public void A_new_chat_offers_questions_that_the_rows_answer()
    {
        IRenderedComponent<ChatPage> page = Render<ChatPage>();
        page.WaitForAssertion(() => Assert.Equal("Ask what the rows know", page.Find(".first h2").TextContent));
        Assert.EndsWith("?", page.Find(".sample").TextContent, StringComparison.Ordinal);
        Assert.Contains("the node pays for guests", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chat_that_is_not_here_says_so_and_offers_a_new_one()
    {
        IRenderedComponent<ChatPage> page = Render<ChatPage>(chat => chat.Add(p => p.Id, "gone"));
        page.WaitForAssertion(() => Assert.Equal("This chat is not here", page.Find(".empty h2").TextContent));
        Assert.Equal("/chat", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public void What_cannot_be_sent_says_why_and_the_words_stay()
    {
        IRenderedComponent<ChatPage> page = Render<ChatPage>();
        page.WaitForElement("#msg").Input("   ");
        page.Find(".compose form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Write a question first.", page.Find(".compose .note").TextContent, StringComparison.Ordinal));
        Assert.Equal("   ", page.Find("#msg").GetAttribute("value"));
    }

    [Fact]
    public async Task A_model_that_is_chosen_was_once_asked_about_another_models_rows()
    {
        string other = $"{_world.DatanetId}-other";
        _world.Catalogue.Write(c =>
        {
            c.Datanets.Put(c.Datanets.Require(_world.DatanetId) with { Id = other, Name = "Another one" });
            c.Versions.Put(c.Versions.Require($"{_world.DatanetId}-1") with { Id = $"{other}-1", DatanetId = other });
            foreach ((string id, string rows) in new[] { ("of-these", _world.DatanetId), ("of-others", other) })
                c.Models.Put(c.Models.Require(SeedStarterModels.AdapterId) with { Id = id, Name = id, DatanetIds = [rows] });
        });
        try
        {
            await _world.AskAsync(ChatWorld.Guest, _world.Settings);
            string chat = _world.Get<ReadChats>().All(ChatWorld.Guest)[0].Id;
            IRenderedComponent<ChatPage> page = Render<ChatPage>(parameters => parameters.Add(p => p.Id, chat));
            foreach ((string id, string rows) in new[] { ("of-others", other), ("of-these", _world.DatanetId) })
            {
                page.WaitForAssertion(() => page.Find("#mdl"));
                await page.Find("#mdl").ChangeAsync(new() { Value = id });
                Assert.Equal([rows], _world.Get<ReadChats>().Find(ChatWorld.Guest, chat)!.Settings.DatanetIds);
            }
        }
        finally
        {
            _world.Catalogue.Write(c =>
            {
                c.Datanets.Remove(other);
                c.Versions.Remove($"{other}-1");
                foreach (string id in new[] { "of-these", "of-others" }) c.Models.Remove(id);
            });
        }
    }

    [Fact]
    public async Task An_answer_stands_with_its_sources_its_price_and_who_earned()
    {
        await _world.AskAsync(ChatWorld.Guest, _world.Settings);
        ChatDocument chat = _world.Get<ReadChats>().All(ChatWorld.Guest)[0];
        IRenderedComponent<ChatPage> page = Render<ChatPage>(parameters => parameters.Add(p => p.Id, chat.Id));
        page.WaitForAssertion(() => Assert.Equal(ChatWorld.Question, page.Find(".asked").TextContent));
        Assert.Contains("tokens/s", page.Find(".figures").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("Contributors", page.Find(".rt").TextContent, StringComparison.Ordinal));
        await page.Find(".cite").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Three diseases", page.Find(".drawer dl.kv").TextContent, StringComparison.Ordinal));
    }
}
