using Microsoft.Playwright;

namespace OpenLedger.Journeys;

/// <summary>Whoever chats has the answer in hand: stops it, has it written again, asks in other words, leaves and comes back, compares, judges, and says how it is to be written.</summary>
[Trait("Kind", "Chat")]
[Collection(AfterTheLoop.Name)]
public sealed class ChatTests(LoopFixture loop)
{
    private const string Shipped = "/chat?model=medquad-answers-r16";
    private const int Long = 400, Short = 12;

    [Fact]
    public async Task A_stopped_answer_stays_and_can_be_written_again_and_its_question_asked_in_other_words()
    {
        await using Visitor guest = await TalkToBaseAsync(Long);
        await SendAsync(guest, "Tell me a long story about a river.");
        await IsWritingAsync(guest);
        await guest.PressAsync("Stop");
        await guest.SeeAsync("You stopped it here.");
        string stopped = await AnswerAsync(guest);
        Assert.NotEmpty(stopped);
        await guest.Page.ReloadAsync();
        await guest.IsLiveAsync();
        Assert.Equal(stopped, await AnswerAsync(guest));

        await guest.SetLongestAnswerAsync(Short);
        await guest.PressAsync("Answer again");
        await Assertions.Expect(guest.Page.Locator(".ans")).Not.ToHaveTextAsync(stopped);
        await IsDoneAsync(guest);

        await guest.PressAsync("Edit the question");
        ILocator draft = guest.Page.GetByLabel("Your question");
        await Assertions.Expect(draft).ToHaveValueAsync("Tell me a long story about a river.");
        await draft.FillAsync("Name one river.");
        await guest.PressAsync("Send");
        await Assertions.Expect(guest.Page.Locator(".asked")).ToHaveTextAsync(["Name one river."]);
        await IsDoneAsync(guest);
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task Who_leaves_while_it_is_written_finds_it_grown_and_another_tab_sees_the_same()
    {
        await using Visitor guest = await TalkToBaseAsync(120);
        await SendAsync(guest, "Tell me a long story about a lighthouse.");
        string before = await IsWritingAsync(guest);
        string chat = new Uri(guest.Page.Url).AbsolutePath;
        await guest.GoAsync("/");
        await guest.GoAsync(chat);
        Visitor tab = await guest.OpenTabAsync();
        await tab.GoAsync(chat);
        await IsDoneAsync(guest);
        await IsDoneAsync(tab);

        string after = await AnswerAsync(guest);

        Assert.StartsWith(Letters(before), Letters(after), StringComparison.Ordinal);
        Assert.True(after.Length > before.Length, "The answer did not grow while nobody looked.");
        Assert.Equal(after, await AnswerAsync(tab));
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task Base_and_tuned_answer_beside_each_other_and_comparing_ends_when_told()
    {
        await using Visitor guest = await loop.VisitAsync(Look.Wide);
        await guest.GoAsync(Shipped);
        await guest.SetLongestAnswerAsync(Short);
        await guest.PressAsync("Compare with base");
        await guest.Page.Locator("button.sample").First.ClickAsync();
        ILocator figures = guest.Page.Locator(".beside .answer .figures");
        await Assertions.Expect(figures).ToHaveCountAsync(2);
        IReadOnlyList<string> names = await guest.Page.Locator(".beside .answer > p.strong").AllInnerTextsAsync();
        Assert.Equal(2, names.Distinct().Count());
        Assert.Single(names, name => name.EndsWith("base", StringComparison.Ordinal));

        await guest.PressAsync("Stop comparing");
        await guest.PressAsync("Answer again", first: true);
        await Assertions.Expect(guest.Page.Locator(".beside")).ToHaveCountAsync(0);
        await IsDoneAsync(guest);
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task A_verdict_is_kept_and_can_be_taken_back()
    {
        await using Visitor guest = await TalkToBaseAsync(Short);
        await SendAsync(guest, "Say hello.");
        await IsDoneAsync(guest);
        ILocator good = guest.Page.GetByRole(AriaRole.Button, new() { Name = "Good answer" }), bad = guest.Page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" });
        await good.ClickAsync();
        await Assertions.Expect(good).ToHaveAttributeAsync("aria-pressed", "true");
        await guest.Page.ReloadAsync();
        await guest.IsLiveAsync();
        await Assertions.Expect(good).ToHaveAttributeAsync("aria-pressed", "true");
        await bad.ClickAsync();
        await Assertions.Expect(good).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(bad).ToHaveAttributeAsync("aria-pressed", "true");
        await bad.ClickAsync();
        await Assertions.Expect(bad).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task The_system_prompt_changes_the_answer_and_every_setting_is_kept_with_the_chat()
    {
        await using Visitor guest = await TalkToBaseAsync(Short, temperature: "0");
        await SendAsync(guest, "Who are you?");
        await IsDoneAsync(guest);
        string plain = await AnswerAsync(guest);
        await guest.PressAsync("Settings of this chat");
        await guest.FillAsync("System prompt", "You are Ada, a gardener in Ravenna. Begin with your name.");
        await guest.FillAsync("Seed", "7");
        await guest.CloseDrawerAsync();
        await guest.PressAsync("Answer again");
        await Assertions.Expect(guest.Page.Locator(".ans")).Not.ToHaveTextAsync(plain);
        await IsDoneAsync(guest);
        Assert.NotEqual(plain, await AnswerAsync(guest));

        await guest.Page.ReloadAsync();
        await guest.IsLiveAsync();
        await guest.PressAsync("Settings of this chat");
        await Assertions.Expect(guest.Page.GetByLabel("System prompt")).ToHaveValueAsync("You are Ada, a gardener in Ravenna. Begin with your name.");
        await Assertions.Expect(guest.Page.GetByLabel("Temperature")).ToHaveValueAsync("0");
        await Assertions.Expect(guest.Page.GetByLabel("Longest answer, in tokens")).ToHaveValueAsync("12");
        await Assertions.Expect(guest.Page.GetByLabel("Seed")).ToHaveValueAsync("7");
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task Who_writes_on_at_once_after_closing_a_drawer_once_lost_the_cursor_to_the_button_that_had_opened_it()
    {
        await using Visitor guest = await loop.VisitAsync(Look.Wide);
        await guest.GoAsync(Shipped);
        ILocator opener = guest.Page.GetByRole(AriaRole.Button, new() { Name = "Settings of this chat" }), content = guest.Page.Locator(".drawer h2"), shown = guest.Page.Locator(".drawer[open] h2");
        await opener.ClickAsync();
        await Assertions.Expect(shown).ToHaveTextAsync("Settings of this chat");
        await guest.Page.EvaluateAsync("() => { document.querySelector('.drawer[open] [data-close]').click(); document.querySelector('#msg').focus(); }");
        await Assertions.Expect(content).ToHaveCountAsync(0); // now the circuit knows
        await guest.Page.Keyboard.TypeAsync("Which river"); // quick fingers once lost letters too: the circuit wrote an older draft back
        await Assertions.Expect(guest.Page.GetByLabel("Your question")).ToHaveValueAsync("Which river");

        await opener.ClickAsync();
        await Assertions.Expect(shown).ToHaveCountAsync(1);
        await guest.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(opener).ToBeFocusedAsync();
        await Assertions.Expect(content).ToHaveCountAsync(0);
        await opener.ClickAsync();
        await Assertions.Expect(shown).ToHaveCountAsync(1);
        await guest.Page.Mouse.ClickAsync(300, 300);
        await Assertions.Expect(content).ToHaveCountAsync(0);
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task Where_no_row_is_relevant_the_chat_says_so_and_charges_nothing()
    {
        await using Visitor guest = await loop.VisitAsync(Look.Wide);
        await guest.GoAsync(Shipped);
        await SendAsync(guest, "Which tyre pressure suits a tandem on gravel?");
        await guest.SeeAsync("Nothing relevant was found in the rows.");
        await guest.SeeAsync("nothing was charged");
        Assert.Equal(0, await guest.Page.GetByText("This answer cost").CountAsync());
        Assert.Empty(guest.TakeTroubles());
    }

    [Fact]
    public async Task A_question_that_is_too_long_is_refused_in_a_sentence_and_stays_in_the_field()
    {
        await using Visitor guest = await loop.VisitAsync(Look.Wide);
        await guest.GoAsync(Shipped);
        await SendAsync(guest, new string('a', 4001));
        await guest.SeeAsync("A question has at most 4,000 characters; this one has 4,001. Shorten it.");
        await Assertions.Expect(guest.Page.GetByLabel("Your question")).ToHaveValueAsync(new string('a', 4001));
        Assert.Empty(guest.TakeTroubles());
    }

    private async Task<Visitor> TalkToBaseAsync(int tokens, string? temperature = null)
    {
        Visitor guest = await loop.VisitAsync(Look.Wide);
        await guest.GoAsync("/chat");
        ILocator models = guest.Page.GetByLabel("Model", new() { Exact = true });
        await models.SelectOptionAsync(await models.Locator("option", new() { HasText = ", base" }).First.GetAttributeAsync("value") ?? "");
        await guest.Page.GetByRole(AriaRole.Switch, new() { Name = "Look up passages" }).UncheckAsync();
        await guest.PressAsync("Settings of this chat");
        await guest.FillAsync("Longest answer, in tokens", tokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (temperature is not null) await guest.FillAsync("Temperature", temperature);
        await guest.CloseDrawerAsync();
        return guest;
    }

    private static async Task SendAsync(Visitor guest, string question)
    {
        await guest.Page.GetByLabel("Your question").FillAsync(question);
        await guest.PressAsync("Send");
    }

    /// <returns>The words that stand there already.</returns>
    private static Task<string> IsWritingAsync(Visitor guest) => guest.Page.Locator(".writing").InnerTextAsync();

    private static Task IsDoneAsync(Visitor guest) => guest.Page.Locator(".answer .figures").First.WaitForAsync();

    private static Task<string> AnswerAsync(Visitor guest) => guest.Page.Locator(".ans").First.InnerTextAsync();

    // While it is written it stands as it comes, afterwards as Markdown: its letters are the same.
    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));
}
