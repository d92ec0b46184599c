using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

/// <summary>Training and chat in one Studio, over the real starter model, its queue running; without a chain.</summary>
public sealed class MomentWorld : IAsyncLifetime
{
    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Admin = new(Address.Parse("0x00000000000000000000000000000000000000c3"), true);

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    public MomentWorld()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            ["--Studio:Data", _folder.File("data"), "--Studio:Starter", Path.Combine(Repository.Root, "OpenLedger.Studio", "Starter"), "--Urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddJobs().AddDatanets().AddTraining().AddAdapters().AddServing().AddAttribution().AddChat();
        builder.Services.AddSingleton(SettlementOptions.Read(builder.Configuration.GetSection("Studio:Settlement")));
        builder.Services.AddSingleton<Balances>();
        builder.Services.AddSingleton<ChargeCall>();
        builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(KeepIndexesReady))); // it would read the starter beside the tests
        _app = builder.Build();
        _app.MapStorage();
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    public T Get<T>() where T : class => _app.Services.GetRequiredService<T>();

    public object Get(Type type) => _app.Services.GetRequiredService(type);

    public ValueTask InitializeAsync() => new(_app.StartAsync());

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

    public async Task<JobRow> UntilOverAsync(string id)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Get<JobFeed>().Watch(id, progress =>
        {
            if (progress.State is JobState.Finished or JobState.Failed or JobState.Cancelled) told.TrySetResult();
        });
        if (!(await JobAsync(id)).IsOver) await told.Task.WaitAsync(Cancel);
        return await JobAsync(id);
    }

    public async Task<JobRow> JobAsync(string id) => (await Get<ReadJobs>().OneAsync(id, new JobCaller("", IsAdmin: true), Cancel))!;

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

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
