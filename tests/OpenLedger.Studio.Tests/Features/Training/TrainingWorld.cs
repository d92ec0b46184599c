using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Evaluation;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>Training with its real storage, jobs and sample Datanet, on the starter model, in a folder of its own.</summary>
internal sealed class TrainingWorld : StudioRoom
{
    public const string BaseId = "starter", SampleVersion = "medquad-sample-1";

    public static readonly Person Owner = new(Address.Parse("0x00000000000000000000000000000000000000a1"), false);
    public static readonly Person Other = new(Address.Parse("0x00000000000000000000000000000000000000b2"), false);

    private TrainingWorld() : base(new TemporaryFolder(), Shipped, builder => builder.AddJobs().AddDatanets().AddTraining().AddEvaluation())
    {
        Get<Catalogue>().Write(c => c.Models.Put(new ModelDocument
        {
            Id = BaseId,
            Kind = ModelKind.Base,
            Name = "SmolLM2-135M-Instruct",
            Family = "SmolLM2",
            Path = Path.Combine(Shipped, "models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf"),
            Hash = Sha256Hash.Of("starter"u8),
            Licence = "Apache-2.0",
            State = ModelState.Published,
            Created = 1,
        }));
    }

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
        await world.BeginAsync();
        return world;
    }
}
