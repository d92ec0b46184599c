using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Datanets;
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
        world.Get<Catalogue>().Write(c => c.Models.Change(parent.Id, known => known with { Licence = "llama3.2 AND Apache-2.0" }));
        TrainingInput next = TrainingWorld.TwoSteps with { Name = "Next", From = TrainingFrom.Adapter(parent.Id), Recipe = TrainingWorld.TwoSteps.Recipe with { Rank = 64, Seed = 9, MaxSteps = 1 } };
        ModelDocument child = await TrainAsync(world, next);

        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(child.Manifest!);
        Assert.Equal(CanonicalJson.Read<AdapterManifest>(parent.Manifest!).Id, manifest.Parent);
        string folder = world.Get<StudioFolders>().Adapter(child.Hash.Hex);
        KeptStart kept = KeptStart.Read(folder)!;
        Assert.Equal(parent.Hash, kept.Parent.Weights);
        Assert.Equal(2, kept.Rows.Count); // one row a step in the parent's two
        Assert.Equal("CC-BY-4.0 AND llama3.2 AND Apache-2.0", child.Licence); // what it went on from is among them
        Assert.Equal(2, AdapterFile.ReadConfig(folder).Config.Rank); // the parent's, whatever the recipe said
    }

    [Fact]
    public async Task Each_moment_of_a_run_is_offered_once_and_can_be_gone_on_from_by_its_owner_alone()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument first = await TrainAsync(world, TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { CheckpointEvery = 1 } });
        TrainingView view = (await world.Get<ReadTraining>().OneAsync(first.RunId!, TrainingWorld.Owner, TrainingWorld.Cancel))!;
        Assert.Equal(["Pass 1", "Step 1"], view.Moments.Select(moment => moment.Name));

        TrainingFrom stepOne = TrainingFrom.At(first.RunId!, view.Moments[1].Id);
        Assert.Equal($"/factory/train?run={first.RunId}&moment=step-0000001", stepOne.Href);

        string halfWritten = Path.Combine(new TrainingFolder(world.Get<StudioFolders>().Run(first.RunId!)).Best, ".best-0000020.0.tmp");
        Directory.CreateDirectory(halfWritten);
        await File.WriteAllBytesAsync(Path.Combine(halfWritten, AdapterFile.WeightsName), [], TrainingWorld.Cancel);
        Assert.DoesNotContain("Best measurement", world.Get<TrainingMoments>().Of(first.RunId!).Select(moment => moment.Name));
        Assert.Null(await world.Get<TrainingStarts>().FindAsync(TrainingFrom.At(first.RunId!, "best"), TrainingWorld.Owner, TrainingWorld.Cancel));

        Assert.Null(await world.Get<TrainingStarts>().FindAsync(stepOne, TrainingWorld.Other, TrainingWorld.Cancel));
        ModelDocument forked = await TrainAsync(world, TrainingWorld.TwoSteps with { Name = "Fork", From = stepOne });
        Assert.Single(KeptStart.Read(world.Get<StudioFolders>().Adapter(forked.Hash.Hex))!.Rows); // the second step's row came after
    }

    [Fact]
    public async Task A_moment_of_a_run_that_went_on_itself_names_the_rows_and_versions_of_both()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StudioFolders folders = world.Get<StudioFolders>();
        ModelDocument first = await TrainAsync(world, TrainingWorld.TwoSteps);
        TrainingInput next = TrainingWorld.TwoSteps with { Name = "Next", From = TrainingFrom.Adapter(first.Id), Recipe = TrainingWorld.TwoSteps.Recipe with { Seed = 9, MaxSteps = 1 } };
        ModelDocument second = await TrainAsync(world, next);
        // The first one's Datanet stands for another than the second one learned from.
        string parent = Path.Combine(folders.Run(second.RunId!), "start", KeptStart.FileName);
        KeptStart before = KeptStart.Read(Path.GetDirectoryName(parent)!)!;
        await File.WriteAllBytesAsync(parent, CanonicalJson.SerializeToUtf8(before with { VersionIds = ["earlier-1"], Licence = "llama3.2" }), TrainingWorld.Cancel);

        (_, KeptStart kept) = (await world.Get<KeepStart>().KeepAsync("third", TrainingFrom.At(second.RunId!, "step-0000001"), TrainingWorld.Owner.Key, TrainingWorld.Cancel))!.Value;
        IEnumerable<string> own = TrainingLogReading.Read(new TrainingFolder(folders.Run(second.RunId!)).Log).UsesByRow().Keys;
        Assert.Equal(own.Union(before.Rows).Order(StringComparer.Ordinal), kept.Rows);
        Assert.Subset(kept.Rows.ToHashSet(), before.Rows.ToHashSet());
        Assert.Equal([TrainingWorld.SampleVersion, "earlier-1"], kept.VersionIds);
        Assert.Equal("llama3.2", kept.Licence);
    }

    [Fact]
    public async Task A_moment_is_its_owners_alone_and_one_that_is_dropped_while_it_is_copied_is_not_there()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument first = await TrainAsync(world, TrainingWorld.TwoSteps);
        TrainingFrom moment = TrainingFrom.At(first.RunId!, "step-0000002");
        Assert.Null(await world.Get<TrainingStarts>().FindAsync(moment, TrainingWorld.Other with { IsAdmin = true }, TrainingWorld.Cancel)); // the job would refuse later
        File.Delete(Path.Combine(new TrainingFolder(world.Get<StudioFolders>().Run(first.RunId!)).Checkpoints, moment.Moment!, "adapter_config.json"));
        Assert.Null(await world.Get<KeepStart>().KeepAsync("next", moment, TrainingWorld.Owner.Key, TrainingWorld.Cancel));
    }

    [Fact]
    public async Task Rows_of_steps_after_the_one_that_was_kept_are_neither_named_nor_paid()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        ModelDocument made = await TrainAsync(world, TrainingWorld.TwoSteps);
        TrainingFolder folder = new(world.Get<StudioFolders>().Adapter(made.Hash.Hex));
        IReadOnlyList<TrainingLogEntry> steps = TrainingLogReading.Read(folder.Log).Entries;
        TrainingRun run = CanonicalJson.Read<TrainingRun>(await File.ReadAllTextAsync(folder.Run, TrainingWorld.Cancel));
        await File.WriteAllBytesAsync(folder.Run, CanonicalJson.SerializeToUtf8(run with { KeptStep = 1 }), TrainingWorld.Cancel);

        Assert.NotEqual(steps[0].Rows, steps[1].Rows);
        TrainingUse use = new(world.Get<Catalogue>(), world.Get<StudioFolders>(), new VersionRows(world.Get<DatanetRows>()));
        Assert.Equal(steps[0].Rows, use.Of(made).Select(row => row.Scored.Id));
        (_, KeptStart kept) = (await world.Get<KeepStart>().KeepAsync("next", TrainingFrom.Adapter(made.Id), TrainingWorld.Owner.Key, TrainingWorld.Cancel))!.Value;
        Assert.Equal(steps[0].Rows, kept.Rows);
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
