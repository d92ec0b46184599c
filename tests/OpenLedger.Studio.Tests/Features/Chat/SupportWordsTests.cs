using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Chat.Pages;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

public sealed class SupportWordsTests : BunitContext
{
    private static readonly NotedPassage _passage = new("d", 1, "7", "Gout", "It burns.", 0, "0x00000000000000000000000000000000000000a1", 0.9);

    public SupportWordsTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
    }

    [Theory]
    [InlineData(SupportVerdict.Supported, "Sources:", "Passages the answer used")]
    [InlineData(SupportVerdict.NotSupported, "Looked up, but no sentence of the answer stands in them:", "Passages that were looked up; no sentence of the answer stands in them")]
    public void Passages_that_no_sentence_stood_in_were_once_said_to_be_used(SupportVerdict verdict, string sources, string why)
    {
        AnswerNotes notes = new([_passage], [new(0, 9, verdict, 0, 0, 9)], [], null);
        ChatMessage answer = new() { Id = "a", Role = "assistant", Text = "It burns.", State = MessageState.Done, Citations = notes.ToJson(), Created = 1 };
        IRenderedComponent<AnswerView> view = Render<AnswerView>(set => set.Add(one => one.Message, answer).Add(one => one.ModelName, "Tiny"));
        Assert.StartsWith(sources, view.Find(".sources").TextContent.Trim(), StringComparison.Ordinal);

        IRenderedComponent<WhoEarned> earned = Render<WhoEarned>(set => set.Add(one => one.Earned, Earned()).Add(one => one.IsSupported, notes.IsSupported));
        Assert.StartsWith(why, earned.Find(".why").TextContent.Trim(), StringComparison.Ordinal);
    }

    private static EarnedByAnswer Earned() => new(
        new ReceiptRow { Id = "r", Payer = "p", Asker = "p", ModelId = "m", TokensIn = 1, TokensOut = 1, Fee = new Wei(10), PlatformFee = Wei.Zero, Json = "{}", Attribution = "{}", AttributionId = "x", LogSequence = 1, Time = 1 },
        [], [new("Ann", 10_000, new Wei(10), null)], new Dictionary<string, Wei>(), new Wei(10), new Wei(10), Wei.Zero);
}
