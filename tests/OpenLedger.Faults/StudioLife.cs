using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nethereum.Hex.HexTypes;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Contracts.Transactions;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio;
using OpenLedger.Studio.Chain;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Faults;

/// <summary>The whole Studio used through its own use cases until it is killed: it uploads, asks the real model, settles and claims on a real chain, and says each act once it is acknowledged.</summary>
internal sealed class StudioLife(WebApplication app, OperatorKey wallet) : IDisposable
{
    /// <summary>The variable that makes this program such a Studio; it names a folder for data and wallet.</summary>
    public const string Role = "CRASH_STUDIO";

    private readonly TransactionSender _sender = new(
        new SafeRpcClient(app.Services.GetRequiredService<ChainHttp>().Client, app.Services.GetRequiredService<StartChain>().Rpc!), wallet, ChainId.Development, new FeePolicy());

    private Person Person => new(wallet.Address, IsAdmin: true);

    /// <summary>Lives on without end.</summary>
    public static async Task LiveAsync(string folder)
    {
        OperatorKey wallet = OperatorKey.LoadOrCreate(Path.Combine(folder, "wallet.key"));
        await using WebApplication app = StudioApp.Build(
            [$"--Studio:Data={Path.Combine(folder, "data")}", $"--Studio:Starter={Repository.Starter}", $"--Studio:Treasury={wallet.Address}", "--Studio:Settlement:GuestAllowance=1000", "--Studio:Settlement:LookEvery=1:00:00", "--urls", "http://127.0.0.1:0"],
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        Acknowledged.Say("phase", "started");
        while (!app.Services.GetRequiredService<StudioChain>().IsUp) await Task.Delay(20);
        Acknowledged.Say("phase", "chain");
        using StudioLife life = new(app, wallet);
        await life.Get<FundWallet>().OnceAsync(wallet.Address, default);
        while (true)
        {
            await life.UploadAsync();
            await life.AskAsync();
            await life.SettleAsync();
            await life.ClaimAsync();
        }
    }

    /// <summary>What an upload of that id holds.</summary>
    public static string Rows(string name) => "question,answer\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"What is {name} {i}?,It is row {i} of {name}.\n"));

    public void Dispose() => _sender.Dispose();

    private T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    private async Task UploadAsync()
    {
        string name = Guid.NewGuid().ToString("N");
        DatanetDocument datanet = Get<CreateDatanet>().Create(Person, new(name, "Rows of a test.", "", "test", "CC-BY-4.0", false)).Value!;
        Acknowledged.Say("datanet", datanet.Id);
        Upload upload = (await Get<UploadRows>().ReceiveAsync(Person, datanet.Id, $"{name}.csv", new MemoryStream(Encoding.UTF8.GetBytes(Rows(name))), default)).Value!;
        Acknowledged.Say("upload", $"{upload.Id}/{name}");
    }

    private async Task AskAsync()
    {
        TaskCompletionSource<string> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ChatAsker asker = new(Person, Person.Key);
        void Look(string chatId)
        {
            ChatMessage answer = Get<ReadChats>().Find(asker, chatId)!.Messages[^1];
            if (answer.State == MessageState.Done) answered.TrySetResult(answer.ReceiptId!);
            else if (answer.State == MessageState.Failed) answered.TrySetException(new InvalidOperationException(answer.Error));
            else Acknowledged.Say("phase", "asked");
        }

        Get<RunningAnswers>().Changed += Look;
        ChatSettings settings = new() { ModelId = SeedStarterModels.BaseId, MaxTokens = 4, Temperature = 0, TopP = 1 };
        if ((await Get<AskQuestion>().AskAsync(asker, null, settings, "What is gout?", null, default)).Refusal is Refusal refused) throw new InvalidOperationException(refused.What);
        Acknowledged.Say("receipt", await answered.Task);
        Get<RunningAnswers>().Changed -= Look;
    }

    private async Task SettleAsync()
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Get<JobFeed>().Watch(step =>
        {
            Acknowledged.Say("phase", $"settlement {step.State}");
            if (step.State is JobState.Finished or JobState.Failed) over.TrySetResult();
        });
        if (await Get<StartSettlement>().NowAsync(Person, default) is SettlementStart.Started or SettlementStart.AlreadyRunning) await over.Task;
    }

    // A settlement that an earlier life began may have ended before this one looked: then there is nothing to claim yet.
    private async Task ClaimAsync()
    {
        while ((await Get<IChain>().BalanceOfAsync(wallet.Address, default)).IsZero) await Task.Delay(20);
        if (await Get<PrepareClaim>().PrepareAsync(wallet.Address, default) is not ClaimOffer offer) return;
        OutgoingCall call = new(offer.Transaction.To, offer.Transaction.Data, new Wei(new HexBigInteger(offer.Transaction.ValueHex).Value));
        SignedTransaction sent = await _sender.SendAsync(call, (_, _) => Task.CompletedTask, default);
        Acknowledged.Say("phase", "claim sent");
        if (await Get<AwaitTransaction>().WaitAsync(sent.Hash.Key, default) == TransactionFate.Booked) Acknowledged.Say("claim", $"{sent.Hash.Key}/{offer.Amount}");
    }
}
