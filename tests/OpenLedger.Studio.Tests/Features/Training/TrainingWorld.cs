using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>Training with its real storage, jobs and sample Datanet, on the starter model, in a folder of its own.</summary>
internal sealed class TrainingWorld : IAsyncDisposable
{
    public const string BaseId = "starter", SampleVersion = "medquad-sample-1";

    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Other = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);

    private readonly TemporaryFolder _folder = new();
    private WebApplication _app;

    private TrainingWorld()
    {
        _app = Build();
        Get<Catalogue>().Write(c => c.Models.Put(new ModelDocument
        {
            Id = BaseId,
            Kind = ModelKind.Base,
            Name = "SmolLM2-135M-Instruct",
            Family = "SmolLM2",
            Path = Path.Combine(Starter, "models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf"),
            Hash = Sha256Hash.Of("starter"u8),
            Licence = "Apache-2.0",
            State = ModelState.Published,
            Created = 1,
        }));
    }

    private static string Starter => Path.Combine(Repository.Root, "OpenLedger.Studio", "Starter");

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two short steps, one row to measure on.</summary>
    public static TrainingInput TwoSteps { get; } = new("My adapter", BaseId, [SampleVersion], "quick", false, new TrainingRecipe
    {
        Rank = 2,
        TargetModules = ["q_proj", "v_proj"],
        BatchSize = 1,
        SequenceLength = 64,
        MaxSteps = 2,
        EvaluationRows = 1,
        EvaluationShare = 0.01,
    }, 0);

    public static async Task<TrainingWorld> StartAsync()
    {
        TrainingWorld world = new();
        await world._app.StartAsync(Cancel);
        return world;
    }

    /// <summary>Ends the Studio and starts another one on the same folder, as a person would the next day.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        _app = Build();
        await _app.StartAsync(Cancel);
    }

    public object Get(Type type) => _app.Services.GetRequiredService(type);

    public T Get<T>() where T : class => _app.Services.GetRequiredService<T>();

    /// <summary>Waits until the run's job is over.</summary>
    public async Task<JobRow> UntilOverAsync(string id)
    {
        JobCaller admin = new("", IsAdmin: true);
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = Get<JobFeed>().Watch(id, progress =>
        {
            if (progress.State is JobState.Finished or JobState.Failed or JobState.Cancelled) told.TrySetResult();
        });
        if (!(await Get<ReadJobs>().OneAsync(id, admin, Cancel))!.IsOver) await told.Task.WaitAsync(Cancel);
        return (await Get<ReadJobs>().OneAsync(id, admin, Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Dispose();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--Studio:Data", _folder.File("data"), "--Studio:Starter", Starter, "--Urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddStorage().AddJobs().AddDatanets().AddTraining().AddEvaluation();
        WebApplication app = builder.Build();
        app.MapStorage();
        return app;
    }

    private async Task EndAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
