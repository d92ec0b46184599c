using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>
/// One answer from the question to the coin: prepared, set aside for, written, checked, attributed, charged in one write, kept. Knows no page.
/// </summary>
public sealed class AnswerQuestion(
    Catalogue catalogue, PrepareAnswer prepare, WriteAnswer write, AttributeAnswer attribute, PriceOfCall price, Balances balances, ChargeCall charge, KeepMessage messages, TimeProvider time)
{
    public async Task RunAsync(RunningAnswer running, CancellationToken cancel)
    {
        AnswerRequest request = catalogue.Read(c => RequestOf(c, running));
        (PreparedAnswer? answer, RequestProblem? problem) = await prepare.PrepareAsync(request, running.Enter, cancel);
        if (answer is null)
        {
            messages.Fail(running, problem!.Message);
            return;
        }

        using (answer)
        {
            if (answer.HasNothingToSay) KeepRefusal(running, answer);
            else if (running.IsStopping) messages.Keep(running, message => message with { State = MessageState.Stopped });
            else await PaidAsync(running, answer, cancel);
        }
    }

    private async Task PaidAsync(RunningAnswer running, PreparedAnswer answer, CancellationToken cancel)
    {
        Wei most = price.Cost(answer.Request.Model, answer.TokensIn, answer.Request.MaxTokens);
        if (await balances.HoldAsync(running.MessageId, running.Asker.Person.Address, most, cancel) is not HoldResult.Held held)
        {
            messages.Fail(running, await TooLittleAsync(running.Asker, most, cancel));
            return;
        }

        try
        {
            running.Enter(answer.Passages.Count > 0 ? "Reading the passages" : "Reading the question");
            WrittenAnswer written = await write.WriteAsync(answer, running.Write, () => running.IsStopping, cancel);
            ReceiptRow receipt = await ChargeAsync(running, answer, written, held.Payer, cancel);
            messages.Keep(running, message => Done(message, answer, written, receipt));
        }
        finally
        {
            // After a charge nothing is left to give back, and this does nothing.
            await balances.ReleaseAsync(running.MessageId, CancellationToken.None);
        }
    }

    private Task<ReceiptRow> ChargeAsync(RunningAnswer running, PreparedAnswer answer, WrittenAnswer written, string payer, CancellationToken cancel)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        CallFee fee = price.Of(answer.Request.Model).For(written.Summary.TokensIn, written.Summary.TokensOut);
        InferenceReceipt receipt = InferenceReceipt.Of(
            answer.Lease.Base.Hash, answer.Lease.Adapter is { } adapter ? [new ReceiptAdapter(adapter.Id, adapter.Hash, ReceiptAdapter.Whole)] : [], answer.Request.Sampling,
            answer.Prompt, written.Text, written.Summary, new ReceiptFee(fee.In, fee.Out, fee.Platform), answer.Passages, now);
        AttributedAnswer attributed = attribute.Attribute(answer, written, fee, receipt.Id, now);
        return charge.ChargeAsync(
            new ChargedCall
            {
                Receipt = CanonicalJson.Serialize(receipt),
                ReceiptId = receipt.Id,
                Attribution = attributed.Record,
                Split = attributed.Split,
                Payer = payer,
                Asker = running.Asker.Key,
                HoldId = running.MessageId,
                ModelId = answer.Request.Model.Id,
                ChatId = running.ChatId,
                MessageId = running.MessageId,
                TokensIn = written.Summary.TokensIn,
                TokensOut = written.Summary.TokensOut,
                Rows = attributed.Rows.ToDictionary(row => row.Key, row => new RowOrigin(row.Value.DatanetId, row.Value.Row.Leaf, row.Value.Label)),
                Time = now,
            },
            cancel);
    }

    private static ChatMessage Done(ChatMessage message, PreparedAnswer answer, WrittenAnswer written, ReceiptRow receipt) => message with
    {
        State = written.Stopped ? MessageState.Stopped : MessageState.Done,
        Text = written.Text,
        ReceiptId = receipt.Id,
        TokensIn = written.Summary.TokensIn,
        TokensOut = written.Summary.TokensOut,
        TokensPerSecond = written.Summary.TokensPerSecond,
        FirstToken = (long)written.Summary.TimeToFirstToken.TotalMilliseconds,
        Fee = receipt.Fee,
        Citations = AnswerNotes.Of(answer, written.Support)?.ToJson(),
    };

    // The engine says it, not the model: no token was written, so nobody pays.
    private void KeepRefusal(RunningAnswer running, PreparedAnswer answer) => messages.Keep(running, message => message with
    {
        State = MessageState.Done,
        Text = GroundedPrompt.Refusal,
        Citations = AnswerNotes.Of(answer, null)?.ToJson(),
    });

    private async Task<string> TooLittleAsync(ChatAsker asker, Wei most, CancellationToken cancel) => asker.Person.Address is Address address
        ? $"This answer can cost up to {most.ToOpenText(6)} OPEN. Your balance is {(await balances.OfAsync(Accounts.Of(address), cancel)).ToOpenText(6)} OPEN, and today's allowance for guests is used up. Deposit under Rewards, or ask for a shorter answer."
        : "What the node pays for guests today is used up. Sign in and deposit under Rewards, or come back tomorrow.";

    private static AnswerRequest RequestOf(CatalogueReading c, RunningAnswer running)
    {
        ChatDocument chat = c.Chats.Require(running.ChatId);
        ChatMessage answer = chat.Messages.First(message => message.Id == running.MessageId);
        ChatMessage question = chat.Messages.First(message => message.Id == answer.ParentId);
        ChatSettings settings = chat.Settings;
        return new(c.Models.Require(answer.ModelId!), HistoryBefore(chat, question), question.Text)
        {
            Versions = settings.UsePassages ? [.. settings.DatanetIds.Select(c.Datanets.Get).OfType<DatanetDocument>().Select(datanet => c.Versions.Get(DatanetVersionDocument.IdOf(datanet.Id, datanet.LatestVersion))).OfType<DatanetVersionDocument>()] : [],
            SystemPrompt = settings.SystemPrompt,
            Sampling = new SamplingOptions { Temperature = settings.Temperature, TopP = settings.TopP, Seed = settings.Seed ?? Random.Shared.NextInt64(int.MaxValue) },
            MaxTokens = settings.MaxTokens,
        };
    }

    private static List<ChatTurn> HistoryBefore(ChatDocument chat, ChatMessage question) =>
        [.. ChatExchange.Of(chat).TakeWhile(exchange => exchange.Question.Id != question.Id).SelectMany(exchange => exchange.Turns())];
}
