using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

public sealed class AnswerQuestionTests(ChatWorld world) : IClassFixture<ChatWorld>
{
    [Fact]
    public async Task An_answer_from_rows_names_its_passage_and_pays_its_contributor_to_the_wei()
    {
        ChatMessage answer = await world.AskAsync(ChatWorld.Guest, world.Settings);
        Assert.Equal((MessageState.Done, null), (answer.State, answer.Error));
        AnswerNotes notes = AnswerNotes.Read(answer.Citations)!;
        Assert.Equal(ChatWorld.Question, notes.Passages[0].Heading);
        List<ShareRow> shares = await world.SharesAsync(answer.ReceiptId!);
        Assert.Equal(answer.Fee, shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount));
        Assert.Contains(shares, share => share.Reason == FeeReason.Passage && share.Beneficiary == ChatWorld.Contributor.Address && share.DatanetId == world.DatanetId);
        ShareRow paid = shares.First(share => share.Reason == FeeReason.Passage);
        string root = world.Catalogue.Read(c => c.Versions.Require($"{world.DatanetId}-1")).Root.Hex;
        foreach (string shown in new[] { paid.RowId!, paid.RowId!.Split('/')[1], paid.RowLeaf!, root, world.DatanetId, paid.Beneficiary.Checksum })
            Assert.Contains((await world.Get<FindTraces>().AllAsync(shown, ChatWorld.Cancel)).Receipts, receipt => receipt.Id == answer.ReceiptId);
        Assert.Empty(await world.Get<CheckLedger>().FaultsAsync(ChatWorld.Cancel));
        Assert.Equal(Wei.Zero, await world.Get<Balances>().OfAsync(Accounts.Held, ChatWorld.Cancel));
    }

    [Fact]
    public async Task A_base_whose_licence_does_not_allow_selling_answers_for_nothing_and_the_books_are_whole()
    {
        string licence = world.Catalogue.Read(c => c.Models.Require(world.Settings.ModelId)).Licence;
        world.Catalogue.Write(c => c.Models.Change(world.Settings.ModelId, on => on with { Licence = "cc-by-nc-4.0" }));
        try
        {
            ChatMessage answer = await world.AskAsync(ChatWorld.Guest, world.Settings);
            Assert.Equal((MessageState.Done, null, Wei.Zero), (answer.State, answer.Error, answer.Fee));
            Assert.True(answer.TokensOut > 0);
            Assert.Empty(await world.SharesAsync(answer.ReceiptId!));
            Assert.Empty(await world.Get<CheckLedger>().FaultsAsync(ChatWorld.Cancel));
        }
        finally
        {
            world.Catalogue.Write(c => c.Models.Change(world.Settings.ModelId, on => on with { Licence = licence }));
        }
    }

    [Fact]
    public async Task What_is_stopped_is_kept_and_paid_for_as_far_as_it_got()
    {
        ChatMessage answer = await world.AskAsync(ChatWorld.Guest, world.Settings with { MaxTokens = 400, UsePassages = false }, "Tell me a long story about the sea.",
            running => running.Changed += () => { if (running.Text.Length > 10) running.Stop(); });
        Assert.Equal(MessageState.Stopped, answer.State);
        Assert.NotEqual("", answer.Text);
        Assert.InRange(answer.TokensOut, 1, 399);
        Assert.Equal(answer.Fee, (await world.SharesAsync(answer.ReceiptId!)).Aggregate(Wei.Zero, (sum, share) => sum + share.Amount));
    }

    [Fact]
    public async Task All_who_look_at_an_answer_see_the_same_words_come()
    {
        string first = "", second = "";
        ChatMessage answer = await world.AskAsync(ChatWorld.Guest, world.Settings with { UsePassages = false }, "Say hello.", running =>
        {
            running.Changed += () => first = running.Text;
            running.Changed += () => second = running.Text;
        });
        Assert.Equal(first, second);
        Assert.Equal(answer.Text, PlaceCitations.Without(second).Trim());
    }

    [Fact]
    public async Task Who_asks_what_no_row_answers_is_told_so()
    {
        ChatMessage answer = await world.AskAsync(ChatWorld.Guest, world.Settings, "Who won the football match yesterday evening?");
        AnswerNotes notes = AnswerNotes.Read(answer.Citations)!;
        Assert.True(notes.NothingRelevant);
        Assert.All(await world.SharesAsync(answer.ReceiptId!), share => Assert.NotEqual(FeeReason.Passage, share.Reason));
    }

    [Fact]
    public async Task A_chat_is_its_askers_alone()
    {
        await world.AskAsync(ChatWorld.Guest, world.Settings with { UsePassages = false, MaxTokens = 1 }, "Hello");
        string chat = world.Get<ReadChats>().All(ChatWorld.Guest)[0].Id;
        ChatAsker other = new(Person.Visitor, "guest:ffffffffffffffffffffffffffffffff"), nobody = new(Person.Visitor, "");
        Assert.Null(world.Get<ReadChats>().Find(other, chat));
        Assert.Empty(world.Get<ReadChats>().All(nobody));
        Assert.NotNull((await world.Get<AskQuestion>().AskAsync(other, chat, world.Settings, "And mine?", null, ChatWorld.Cancel)).Refusal);
        Assert.NotNull((await world.Get<AskQuestion>().AskAsync(nobody, null, world.Settings, "And mine?", null, ChatWorld.Cancel)).Refusal);
        world.Get<ChangeChat>().Remove(other, chat);
        Assert.NotNull(world.Get<ReadChats>().Find(ChatWorld.Guest, chat));
    }

    [Fact]
    public async Task A_model_or_a_Datanet_that_is_not_there_is_refused_before_anything_runs()
    {
        Task<Outcome<ChatDocument>> Ask(ChatSettings settings, string text) => world.Get<AskQuestion>().AskAsync(ChatWorld.Guest, null, settings, text, null, ChatWorld.Cancel);
        Assert.Contains("model", (await Ask(world.Settings with { ModelId = "none" }, "Hi")).Refusal!.What, StringComparison.Ordinal);
        Assert.Contains("Datanet", (await Ask(world.Settings with { DatanetIds = ["none"] }, "Hi")).Refusal!.What, StringComparison.Ordinal);
        Assert.Contains("question", (await Ask(world.Settings, "  ")).Refusal!.What, StringComparison.Ordinal);
        Assert.Contains("4,000", (await Ask(world.Settings, new string('x', 4001))).Refusal!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_nobody_can_pay_for_is_refused_with_the_way_to_mend_it_and_costs_nothing()
    {
        Balances balances = world.Get<Balances>();
        Wei left = await balances.GuestsTodayAsync(ChatWorld.Cancel);
        await balances.HoldAsync("all-of-it", null, left, ChatWorld.Cancel);
        ChatMessage answer = await world.AskAsync(new ChatAsker(ChatWorld.Contributor, ChatWorld.Contributor.Key), world.Settings);
        await balances.ReleaseAsync("all-of-it", ChatWorld.Cancel);
        Assert.Equal(MessageState.Failed, answer.State);
        Assert.Contains("Deposit", answer.Error, StringComparison.Ordinal);
        Assert.Equal(("", null), (answer.Text, answer.ReceiptId));
    }
}
