using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Training;

public class TrainingRunTests
{
    [Fact]
    public async Task A_queued_run_trains_compares_and_keeps_an_adapter_that_leads_back_to_its_rows()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartedTraining started = await world.Get<StartTraining>().StartAsync(TrainingWorld.TwoSteps, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Empty(started.Problems);

        JobRow job = await world.UntilOverAsync(started.RunId!);
        Assert.True(job.State == JobState.Finished, job.Error);

        TrainingView view = (await world.Get<ReadTraining>().OneAsync(started.RunId!, TrainingWorld.Owner, TrainingWorld.Cancel))!;
        Assert.Equal([1, 2], view.Curve.Steps.Select(step => step.Step));
        Assert.Equal(0, view.Curve.Evaluations.First().Step);
        Assert.Single(view.Report!.Answers);

        ModelDocument adapter = world.Get<Catalogue>().Read(c => c.Models.Require(view.Summary.ModelId!));
        Assert.Equal((ModelKind.Adapter, ModelState.Private, TrainingWorld.Owner.Address), (adapter.Kind, adapter.State, adapter.Owner));
        DatanetVersionDocument version = world.Get<Catalogue>().Read(c => c.Versions.Require(TrainingWorld.SampleVersion));
        Assert.Equal([version.Root], adapter.DatasetRoots);
        Assert.Equal("CC-BY-4.0 AND Apache-2.0", adapter.Licence); // the rows', then the base's
        string folder = world.Get<StudioFolders>().Adapter(adapter.Hash.Hex);
        TrainingLogReading log = TrainingLogReading.Read(Path.Combine(folder, "rows.log.jsonl"));
        Assert.Equal(CanonicalJson.Read<TrainingRun>(await File.ReadAllTextAsync(Path.Combine(folder, "run.json"), TrainingWorld.Cancel)).LogHead, log.Head);
        Assert.All(log.Entries.SelectMany(entry => entry.Rows), row => Assert.StartsWith("medquad-sample/", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_with_ranks_by_layer_and_a_part_that_learns_whole_is_kept_with_both()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        TrainingInput shaped = TrainingWorld.TwoSteps with
        {
            Recipe = TrainingWorld.TwoSteps.Recipe with { LayersToTransform = [0, 29], RankPattern = new Dictionary<string, int> { ["v_proj"] = 3 }, ModulesToSave = ["model.norm"] },
        };
        StartedTraining started = await world.Get<StartTraining>().StartAsync(shaped, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Empty(started.Problems);
        JobRow job = await world.UntilOverAsync(started.RunId!);
        Assert.True(job.State == JobState.Finished, job.Error);
        ModelDocument adapter = world.Get<Catalogue>().Read(c => c.Models.Require(CanonicalJson.Read<TrainedModel>(job.Output!).ModelId));
        LoraConfig kept = AdapterFile.ReadConfig(world.Get<StudioFolders>().Adapter(adapter.Hash.Hex)).Config;
        Assert.Equal((3, 2), (kept.RankFor("model.layers.0.self_attn.v_proj"), kept.RankFor("model.layers.0.self_attn.q_proj")));
        Assert.Equal(["model.norm"], kept.ModulesToSave);
    }

    [Fact]
    public async Task What_the_base_cannot_carry_is_refused_on_the_form_and_not_by_the_run()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        async Task<RecipeProblem> Refused(TrainingRecipe recipe)
        {
            TrainingInput input = TrainingWorld.TwoSteps with { Recipe = recipe };
            RecipeProblem said = Assert.Single((await world.Get<EstimateTraining>().EstimateAsync(input, TrainingWorld.Owner, TrainingWorld.Cancel)).Problems);
            StartedTraining started = await world.Get<StartTraining>().StartAsync(input, TrainingWorld.Owner, TrainingWorld.Cancel);
            Assert.Equal((null, said), (started.RunId, Assert.Single(started.Problems)));
            return said;
        }

        RecipeProblem wide = await Refused(new TrainingRecipe { Pissa = true, Rank = 200 });
        Assert.Equal((nameof(TrainingRecipe.Rank), true), (wide.Field, wide.Message.Contains("take a rank of at most 192", StringComparison.Ordinal)));
        RecipeProblem unknown = await Refused(new TrainingRecipe { ModulesToSave = ["head"] });
        Assert.Equal((nameof(TrainingRecipe.ModulesToSave), true), (unknown.Field, unknown.Message.Contains("embed_tokens", StringComparison.Ordinal)));
        RecipeProblem biases = await Refused(new TrainingRecipe { Bias = LoraBias.All });
        Assert.Equal("This base has no biases that could learn: choose none.", biases.Message);
    }

    [Fact]
    public async Task An_estimate_says_what_it_costs_and_what_is_learned_and_the_next_one_needs_no_weights()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        EstimateTraining estimating = world.Get<EstimateTraining>();
        EstimatedTraining first = await estimating.EstimateAsync(TrainingWorld.TwoSteps, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Equal(2, first.Estimate!.Steps);
        Assert.All(first.Shown, row => Assert.Contains(row.Stretches, stretch => stretch.Learned));
        world.Get<Catalogue>().Write(c => c.Models.Put(c.Models.Require(TrainingWorld.BaseId) with { Path = "gone.gguf" }));
        EstimatedTraining next = await estimating.EstimateAsync(TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { MaxSteps = 4 } }, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Equal(4, next.Estimate!.Steps);
        Assert.True(next.Estimate.Seconds > first.Estimate.Seconds);
    }

    [Fact]
    public async Task Each_form_of_a_base_is_measured_by_itself_and_a_base_that_cannot_be_opened_is_a_problem_on_the_page()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        EstimateTraining estimating = world.Get<EstimateTraining>();
        TrainingInput inFourBits = TrainingWorld.TwoSteps with { Recipe = TrainingWorld.TwoSteps.Recipe with { Base = Engine.Models.BaseForm.Nf4 } };
        EstimatedTraining inFull = await estimating.EstimateAsync(TrainingWorld.TwoSteps, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.NotNull(inFull.Estimate);
        // A folder with words and no model.
        world.Get<Catalogue>().Write(c => c.Models.Change(TrainingWorld.BaseId, model => model with { Path = Path.GetDirectoryName(model.Path)! }));
        RecipeProblem problem = Assert.Single((await estimating.EstimateAsync(inFourBits, TrainingWorld.Owner, TrainingWorld.Cancel)).Problems);
        Assert.Equal("BaseId", problem.Field);
        Assert.Contains("no config.json", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_shown_to_its_owner_and_to_nobody_else()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartedTraining started = await world.Get<StartTraining>().StartAsync(TrainingWorld.TwoSteps with { BaseId = TrainingWorld.BaseId }, TrainingWorld.Owner, TrainingWorld.Cancel);
        ReadTraining read = world.Get<ReadTraining>();
        Assert.NotNull(await read.OneAsync(started.RunId!, TrainingWorld.Owner, TrainingWorld.Cancel));
        Assert.Null(await read.OneAsync(started.RunId!, TrainingWorld.Other, TrainingWorld.Cancel));
        Assert.Null(await read.OneAsync(started.RunId!, Person.Visitor, TrainingWorld.Cancel));
        Assert.Empty(await read.NewestAsync(TrainingWorld.Other, TrainingWorld.Cancel));
    }

    [Fact]
    public async Task What_cannot_run_is_refused_field_by_field_and_nothing_is_queued()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        TrainingInput bad = TrainingWorld.TwoSteps with { Name = " ", BaseId = "none", VersionIds = ["none-1"], Recipe = new TrainingRecipe { Rank = 0 } };
        StartedTraining refused = await world.Get<StartTraining>().StartAsync(bad, TrainingWorld.Owner, TrainingWorld.Cancel);
        Assert.Null(refused.RunId);
        Assert.Equal(["Name", "BaseId", "VersionIds", "Rank"], refused.Problems.Select(problem => problem.Field));
        Assert.Empty(await world.Get<ReadTraining>().NewestAsync(TrainingWorld.Owner, TrainingWorld.Cancel));
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        StartedTraining refused = await world.Get<StartTraining>().StartAsync(TrainingWorld.TwoSteps, Person.Visitor, TrainingWorld.Cancel);
        Assert.Equal("Person", refused.Problems[0].Field);
    }

    [Fact]
    public async Task A_Datanet_that_asks_for_access_is_offered_only_to_those_it_was_granted()
    {
        await using TrainingWorld world = await TrainingWorld.StartAsync();
        TrainableDatanets datanets = world.Get<TrainableDatanets>();
        Catalogue catalogue = world.Get<Catalogue>();
        catalogue.Write(c => c.Datanets.Change("medquad-sample", datanet => datanet with { AsksForAccess = true }));
        Assert.Empty(datanets.For(TrainingWorld.Owner));
        Assert.False(datanets.Allows(TrainingWorld.Owner, TrainingWorld.SampleVersion));

        catalogue.Write(c => c.AccessRequests.Put(new AccessRequestDocument
        {
            Id = AccessRequestDocument.IdOf("medquad-sample", TrainingWorld.Owner.Address!.Value),
            DatanetId = "medquad-sample",
            Requester = TrainingWorld.Owner.Address!.Value,
            State = AccessState.Granted,
            Created = 1,
        }));
        Assert.Equal(TrainingWorld.SampleVersion, Assert.Single(datanets.For(TrainingWorld.Owner)).Version.Id);
        Assert.Empty(datanets.For(TrainingWorld.Other));
    }
}
