using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

/// <summary>The chat over the real starter model, real storage in a folder of its own, and a Datanet of three rows.</summary>
public sealed class ChatWorld : StudioRoom, IAsyncLifetime
{
    public const string Question = "What are the symptoms of Fabry disease?";

    private const string Rows = """
        question,answer
        What are the symptoms of Fabry disease?,Fabry disease causes burning pain in the hands and feet. It can also cause small dark red spots on the skin.
        How is gout treated?,Gout is treated with medicines that lower uric acid in the blood. Drinking water helps too.
        What causes scurvy?,Scurvy is caused by a lack of vitamin C over several months.
        """;

    public static readonly Person Contributor = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    private static readonly Person _admin = new(Address.Parse("0x00000000000000000000000000000000000000c3"), true);

    public ChatWorld() : base(new TemporaryFolder(), Shipped, builder => builder.AddJobs().AddDatanets().AddAdapters().AddServing().AddAttribution().AddSettlement().AddChat())
    {
    }

    public static ChatAsker Guest { get; } = new(Person.Visitor, "guest:0123456789abcdef0123456789abcdef");

    public string DatanetId { get; private set; } = "";

    public Catalogue Catalogue => Get<Catalogue>();

    public ChatSettings Settings => new() { ModelId = SeedStarterModels.BaseId, Temperature = 0, TopP = 1, MaxTokens = 12, Seed = 7, UsePassages = true, DatanetIds = [DatanetId] };

    public override T Get<T>() => Services.GetService<T>() ?? ActivatorUtilities.CreateInstance<T>(Services);

    public async ValueTask InitializeAsync()
    {
        await ActivatorUtilities.CreateInstance<SeedStarterModels>(Services).StartAsync(CancellationToken.None);
        DatanetDocument datanet = Get<CreateDatanet>().Create(Contributor, new("Three diseases", "Questions about diseases.", "", "health", "CC-BY-4.0", false)).Value!;
        Upload upload = (await Get<UploadRows>().ReceiveAsync(Contributor, datanet.Id, "diseases.csv", new MemoryStream(Encoding.UTF8.GetBytes(Rows)), CancellationToken.None)).Value!;
        await Get<AddRows>().AddAsync(Contributor, upload.Id, CancellationToken.None);
        await Get<SubmitDatanet>().SubmitAsync(Contributor, datanet.Id, CancellationToken.None);
        await Get<ReviewDatanet>().ApproveAsync(_admin, datanet.Id, CancellationToken.None);
        DatanetId = datanet.Id;
    }

    /// <summary>Asks, and waits until the answer is kept.</summary>
    public async Task<ChatMessage> AskAsync(ChatAsker asker, ChatSettings settings, string question = Question, Action<RunningAnswer>? running = null)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningAnswers answers = Get<RunningAnswers>();
        string? begun = null;
        void Look(string chatId)
        {
            ChatMessage answer = Get<ReadChats>().Find(asker, chatId)!.Messages[^1];
            if (begun is null && answers.Find(answer.Id) is RunningAnswer found) running?.Invoke(found);
            begun = chatId;
            if (answer.State is MessageState.Done or MessageState.Stopped or MessageState.Failed) done.TrySetResult();
        }

        answers.Changed += Look;
        Outcome<ChatDocument> asked = await Get<AskQuestion>().AskAsync(asker, null, settings, question, null, Cancel);
        Assert.Null(asked.Refusal);
        await done.Task.WaitAsync(Cancel);
        answers.Changed -= Look;
        return Get<ReadChats>().Find(asker, asked.Value!.Id)!.Messages[^1];
    }

    public Task<List<ShareRow>> SharesAsync(string receipt) => Get<LedgerReader>().ReadAsync(db => db.Shares.Where(share => share.ReceiptId == receipt).ToListAsync(Cancel));
}
