using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>Runs that go on from an adapter or from a moment of another run.</summary>
public class GoingOnTests
{
    [Fact]
    public async Task A_run_goes_on_from_an_adapter_and_both_its_rows_and_its_parent_are_named()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument parent = await TrainAsync(world, TrainingWorld.TwoSteps);
        TrainingInput next = TrainingWorld.TwoSteps with { Name = "Next", From = TrainingFrom.Adapter(parent.Id), Recipe = TrainingWorld.TwoSteps.Recipe with { Rank = 64, Seed = 9, MaxSteps = 1 } };
        ModelDocument child = await TrainAsync(world, next);

        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(child.Manifest!);
        Assert.Equal(CanonicalJson.Read<AdapterManifest>(parent.Manifest!).Id, manifest.Parent);
        string folder = world.Get<StudioFolders>().Adapter(child.Hash.Hex);
        KeptStart kept = KeptStart.Read(folder)!;
        Assert.Equal(parent.Hash, kept.Parent.Weights);
        Assert.Equal(2, kept.Rows.Count); // one row a step in the parent's two
        Assert.Equal(2, AdapterFile.ReadConfig(folder).Config.Rank); // the parent's, whatever the recipe said
    }

    [Fact]
    public async Task Each_moment_of_a_run_is_offered_and_can_be_gone_on_from_by_its_owner_alone()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument first = await TrainAsync(world, TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { CheckpointEvery = 1 } });
        TrainingView view = (await world.Get<ReadTraining>().OneAsync(first.RunId!, TrainingWorld.Owner, TrainingWorld.Cancel))!;
        Assert.Equal(["Pass 1", "Step 1", "Step 2"], view.Moments.Select(moment => moment.Name));

        TrainingFrom stepOne = TrainingFrom.At(first.RunId!, view.Moments[1].Id);
        Assert.Equal($"/factory/train?run={first.RunId}&moment=step-0000001", stepOne.Href);
        Assert.Null(await world.Get<TrainingStarts>().FindAsync(stepOne, TrainingWorld.Other, TrainingWorld.Cancel));
        ModelDocument forked = await TrainAsync(world, TrainingWorld.TwoSteps with { Name = "Fork", From = stepOne });
        Assert.Single(KeptStart.Read(world.Get<StudioFolders>().Adapter(forked.Hash.Hex))!.Rows); // the second step's row came after
    }

    [Fact]
    public async Task Going_on_from_what_is_not_there_or_not_ones_own_is_refused()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartedTraining refused = await world.Get<StartTraining>().StartAsync(TrainingWorld.TwoSteps with { From = TrainingFrom.Adapter("none") }, TrainingWorld.Owner, TrainingWorld.Cancel);
        RecipeProblem problem = Assert.Single(refused.Problems);
        Assert.Equal("From", problem.Field);
        Assert.Contains("begin afresh", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_in_four_bits_teaches_an_adapter_for_the_base_as_it_is()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument adapter = await TrainAsync(world, TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { Base = Engine.Models.BaseForm.Nf4, MaxSteps = 1 } });
        Assert.Equal(TrainingWorld.BaseId, adapter.BaseId);
    }

    private static async Task<ModelDocument> TrainAsync(TrainingWorld world, TrainingInput input)
    {
        StartedTraining started = await world.Get<StartTraining>().StartAsync(input, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Empty(started.Problems);
        JobRow job = await world.UntilOverAsync(started.RunId!);
        Assert.True(job.State == JobState.Finished, job.Error);
        string id = CanonicalJson.Read<TrainedModel>(job.Output!).ModelId;
        return world.Get<Catalogue>().Read(c => c.Models.Require(id));
    }
}
