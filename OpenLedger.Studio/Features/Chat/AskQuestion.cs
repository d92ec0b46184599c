using Microsoft.EntityFrameworkCore;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>Takes a question, keeps it, and has it answered; also again, or in other words. Waits for no answer.</summary>
public sealed class AskQuestion(Catalogue catalogue, LedgerReader ledger, RunningAnswers running, ChatLimits limits, TimeProvider time)
{
    private const int TitleLength = 60;

    /// <summary>Asks in a chat, or begins one.</summary>
    /// <param name="asker">Who asks.</param>
    /// <param name="chatId">Null begins a chat.</param>
    /// <param name="settings">How it is to be answered; kept for the chat.</param>
    /// <param name="text">The question.</param>
    /// <param name="inPlaceOf">The question that this one is asked in place of.</param>
    /// <param name="cancel">Before it is kept.</param>
    public async Task<Outcome<ChatDocument>> AskAsync(ChatAsker asker, string? chatId, ChatSettings settings, string text, string? inPlaceOf, CancellationToken cancel)
    {
        string question = text.Trim();
        if (question.Length == 0) return new Refusal("Write a question first.");
        if (question.Length > limits.QuestionLength) return new Refusal($"A question has at most {limits.QuestionLength:N0} characters; this one has {question.Length:N0}. Shorten it.");
        if (await BarredAsync(asker, settings, cancel) is Refusal barred) return barred;
        return Begin(asker, catalogue.Write(c => Add(c, asker, chatId, settings, question, inPlaceOf)));
    }

    /// <summary>Has a question answered again, by what is chosen now.</summary>
    public async Task<Outcome<ChatDocument>> AgainAsync(ChatAsker asker, string chatId, string questionId, ChatSettings settings, CancellationToken cancel)
    {
        if (await BarredAsync(asker, settings, cancel) is Refusal barred) return barred;
        return Begin(asker, catalogue.Write(c =>
        {
            if (c.Chats.Get(chatId) is not ChatDocument chat || !asker.Owns(chat.Owner) || chat.Messages.All(message => message.Id != questionId)) return NotHere;
            return Put(c, chat with { Settings = settings }, AnswersTo(questionId, settings));
        }));
    }

    private static (ChatDocument?, IReadOnlyList<ChatMessage>, Refusal?) NotHere => (null, [], new Refusal("This chat is not here, or it is not yours."));

    private (ChatDocument?, IReadOnlyList<ChatMessage>, Refusal?) Add(CatalogueWriting c, ChatAsker asker, string? chatId, ChatSettings settings, string text, string? inPlaceOf)
    {
        ChatDocument? chat = chatId is null ? NewChat(asker, settings, text) : c.Chats.Get(chatId) is ChatDocument known && asker.Owns(known.Owner) ? known with { Settings = settings } : null;
        if (chat is null) return NotHere;
        if (chat.Messages.Count >= limits.Messages) return (null, [], new Refusal($"A chat has at most {limits.Messages} messages. Begin a new one."));
        ChatMessage? replaced = chat.Messages.FirstOrDefault(message => message.Id == inPlaceOf);
        string? parent = replaced is not null ? replaced.ParentId : ChatExchange.Of(chat) is [.., { Answer: ChatMessage last }] ? last.Id : null;
        ChatMessage question = new() { Id = NewId(), ParentId = parent, Role = ChatTurn.User, Text = text, State = MessageState.Done, Created = Now };
        return Put(c, chat, [question, .. AnswersTo(question.Id, settings)]);
    }

    private (ChatDocument?, IReadOnlyList<ChatMessage>, Refusal?) Put(CatalogueWriting c, ChatDocument chat, IReadOnlyList<ChatMessage> added)
    {
        ChatDocument changed = chat with { Messages = [.. chat.Messages, .. added], Updated = Now };
        c.Chats.Put(changed);
        return (changed, [.. added.Where(message => message.Role == ChatTurn.Assistant)], null);
    }

    private ChatDocument NewChat(ChatAsker asker, ChatSettings settings, string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return new() { Id = NewId(), Owner = asker.Key, Title = line.Length <= TitleLength ? line : $"{line[..TitleLength].TrimEnd()}…", Settings = settings, Created = Now, Updated = Now };
    }

    private ChatMessage[] AnswersTo(string questionId, ChatSettings settings)
    {
        ChatMessage answer = new() { Id = NewId(), ParentId = questionId, Role = ChatTurn.Assistant, State = MessageState.Streaming, ModelId = settings.ModelId, Created = Now };
        return settings.CompareWith is string other ? [answer, answer with { Id = NewId(), ModelId = other, Beside = answer.Id }] : [answer];
    }

    private Outcome<ChatDocument> Begin(ChatAsker asker, (ChatDocument? Chat, IReadOnlyList<ChatMessage> Answers, Refusal? Refusal) asked)
    {
        if (asked.Chat is not ChatDocument chat) return asked.Refusal!;
        foreach (ChatMessage answer in asked.Answers) running.Start(new RunningAnswer(chat.Id, answer.Id, asker));
        return chat;
    }

    private async Task<Refusal?> BarredAsync(ChatAsker asker, ChatSettings settings, CancellationToken cancel)
    {
        if (asker.Key.Length == 0) return new Refusal("This page has lost who you are. Load it again.");
        if (settings.SystemPrompt.Length > limits.QuestionLength) return new Refusal($"A system prompt has at most {limits.QuestionLength:N0} characters.");
        int more = settings.CompareWith is null ? 1 : 2;
        if (running.CountOf(asker) + more > limits.AtOnce) return new Refusal($"You have {running.CountOf(asker)} answers being written; {limits.AtOnce} are the most at a time. Wait for one, or stop one.");
        if (asker.IsGuest && await AnsweredTodayAsync(asker, cancel) + more > limits.GuestAnswersADay) return new Refusal($"The node pays for {limits.GuestAnswersADay} answers a day for each guest, and you have had yours. Sign in with a wallet to go on.");
        return catalogue.Read(c => NotOpen(c, asker, settings));
    }

    private static Refusal? NotOpen(CatalogueReading c, ChatAsker asker, ChatSettings settings)
    {
        foreach (string model in new[] { settings.ModelId, settings.CompareWith }.OfType<string>())
            if (ChatAccess.Model(c, model, asker) is null) return new Refusal("This model is not here, or it is not open to you. Choose another one.");
        if (!settings.UsePassages) return null;
        if (settings.DatanetIds.Count == 0) return new Refusal("Choose a Datanet to look passages up in, or switch looking up off.");
        return settings.DatanetIds.All(id => c.Datanets.Get(id) is DatanetDocument datanet && ChatAccess.MayLookUp(c, datanet, asker))
            ? null
            : new Refusal("A chosen Datanet is not open to you. Ask its owner for access, or choose another one.");
    }

    private Task<int> AnsweredTodayAsync(ChatAsker asker, CancellationToken cancel)
    {
        long midnight = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return ledger.ReadAsync(db => db.Receipts.CountAsync(receipt => receipt.Asker == asker.Key && receipt.Time >= midnight, cancel));
    }

    private string NewId() => CatalogueDocument.NewId(time);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
