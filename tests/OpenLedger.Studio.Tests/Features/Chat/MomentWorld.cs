using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Serving;
using OpenLedger.Studio.Features.Settlement;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

/// <summary>Training and chat in one Studio, over the real starter model, its queue running; without a chain.</summary>
public sealed class MomentWorld : StudioRoom, IAsyncLifetime
{
    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Admin = new(Address.Parse("0x00000000000000000000000000000000000000c3"), true);

    public MomentWorld() : base(new TemporaryFolder(), Shipped, Add)
    {
    }

    public static ChatAsker Asker { get; } = new(Owner, Owner.Key);

    /// <summary>Tiny steps that go on until they are stopped, a checkpoint after each.</summary>
    public static TrainingInput Endless { get; } = new("River words", SeedStarterModels.BaseId, ["medquad-sample-1"], "quick", false, new TrainingRecipe
    {
        Rank = 2,
        TargetModules = ["q_proj", "v_proj"],
        BatchSize = 1,
        SequenceLength = 64,
        Epochs = 50,
        EvaluationRows = 1,
        EvaluationShare = 0.01,
        CheckpointEvery = 1,
    }, 0);

    public ValueTask InitializeAsync() => new(BeginAsync());

    public async Task<string> TrainAsync(TrainingInput input)
    {
        StartedTraining started = await Get<StartTraining>().StartAsync(input, Owner, Cancel);
        Assert.Empty(started.Problems);
        return started.RunId!;
    }

    /// <summary>Waits for the next step of a run that is at least this one.</summary>
    public async Task<int> UntilStepAsync(string run, int step)
    {
        TaskCompletionSource<int> reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Get<JobFeed>().Watch(run, progress =>
        {
            if (progress.Detail is TrainingPoint { Step: { } point } && point.Step >= step) reached.TrySetResult(point.Step);
            if (progress.State is JobState.Failed or JobState.Cancelled or JobState.Finished) reached.TrySetException(new InvalidOperationException($"the run is {progress.State}: {progress.Text}"));
        });
        return await reached.Task.WaitAsync(Cancel);
    }

    public async Task StopAsync(string run)
    {
        await Get<ControlJob>().CancelAsync(run, new JobCaller(Owner.Key, IsAdmin: false), Cancel);
        await UntilOverAsync(run);
    }

    /// <summary>Keeps a run's newest moment while the run stands aside, so that it cannot drop it meanwhile.</summary>
    public async Task<ModelDocument> KeepNewestAsync(string run)
    {
        using IDisposable turn = Get<MachineTurns>().Answer();
        Outcome<ModelDocument> kept = await Get<KeepMoment>().KeepAsync(run, Get<TrainingMoments>().Of(run)[^1].Id, Owner, Cancel);
        Assert.Null(kept.Refusal);
        return kept.Value!;
    }

    /// <summary>Asks, and waits until the answer is kept.</summary>
    public async Task<ChatMessage> AskAsync(string model)
    {
        TaskCompletionSource<string> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RunningAnswers answers = Get<RunningAnswers>();
        void Look(string chatId)
        {
            if (Get<ReadChats>().Find(Asker, chatId)!.Messages[^1].State is MessageState.Done or MessageState.Stopped or MessageState.Failed) done.TrySetResult(chatId);
        }

        answers.Changed += Look;
        Outcome<ChatDocument> asked = await Get<AskQuestion>().AskAsync(Asker, null, new ChatSettings { ModelId = model, Temperature = 0, TopP = 1, MaxTokens = 8, Seed = 7 }, "Name a river.", null, Cancel);
        Assert.Null(asked.Refusal);
        string chat = await done.Task.WaitAsync(Cancel);
        answers.Changed -= Look;
        return Get<ReadChats>().Find(Asker, chat)!.Messages[^1];
    }

    public Task<List<ShareRow>> SharesAsync(string receipt) => Get<LedgerReader>().ReadAsync(db => db.Shares.Where(share => share.ReceiptId == receipt).ToListAsync(Cancel));

    private static void Add(WebApplicationBuilder builder)
    {
        builder.AddJobs().AddDatanets().AddTraining().AddAdapters().AddServing().AddAttribution().AddChat();
        builder.Services.AddSingleton(SettlementOptions.Read(builder.Configuration.GetSection("Studio:Settlement")));
        builder.Services.AddSingleton<Balances>();
        builder.Services.AddSingleton<ChargeCall>();
        builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(KeepIndexesReady))); // it would read the starter beside the tests
    }
}
