using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Chat;

public sealed class ExchangeTests
{
    [Fact]
    public void Of_edited_questions_and_repeated_answers_the_newest_is_shown_and_remembered()
    {
        ChatDocument chat = Chat(Said("q1", null, ChatTurn.User), Said("a1", "q1"), Said("a2", "q1"), Said("q2", "a1", ChatTurn.User), Said("q3", "a2", ChatTurn.User), Said("q4", "a2", ChatTurn.User), Said("a4", "q4"));
        Assert.Equal([("q1", "a2"), ("q4", "a4")], ChatExchange.Of(chat).Select(exchange => (exchange.Question.Id, exchange.Answer!.Id)));
        Assert.Equal(["q1", "a2", "q4", "a4"], ChatExchange.Of(chat).SelectMany(exchange => exchange.Turns()).Select(turn => turn.Content));
    }

    [Fact]
    public void Two_answers_beside_each_other_are_one_exchange_and_only_the_first_is_remembered()
    {
        ChatExchange exchange = Assert.Single(ChatExchange.Of(Chat(Said("q", null, ChatTurn.User), Said("a", "q"), Said("b", "q") with { Beside = "a" })));
        Assert.Equal(("a", "b"), (exchange.Answer!.Id, exchange.Beside!.Id));
        Assert.Equal(["q", "a"], exchange.Turns().Select(turn => turn.Content));
    }

    private static ChatMessage Said(string id, string? parent, string role = ChatTurn.Assistant) => new() { Id = id, ParentId = parent, Role = role, Text = id, State = MessageState.Done, Created = 0 };

    private static ChatDocument Chat(params ChatMessage[] messages) =>
        new() { Id = "c", Owner = "guest:1", Title = "t", Settings = new ChatSettings { ModelId = "m" }, Messages = messages, Created = 0, Updated = 0 };
}
