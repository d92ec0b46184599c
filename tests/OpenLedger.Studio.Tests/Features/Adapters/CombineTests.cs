using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Adapters;
using OpenLedger.Studio.Features.Adapters.Combining;
using OpenLedger.Studio.Features.Attribution;
using OpenLedger.Studio.Features.Datanets;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Ledger.Rows;
using OpenLedger.Studio.Tests.Features.Export;

namespace OpenLedger.Studio.Tests.Features.Adapters;

public class CombineTests
{
    private static CombineInput Both(double first, double second) => new("Both", [new("one", first), new("two", second)], MergeMethod.Concatenate, 0.5, 1, 0);

    [Fact]
    public async Task Two_adapters_become_one_that_names_its_parents_and_pays_their_rows_by_weight()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        Outcome<StartedJob> started = await world.Get<CombineAdapters>().StartAsync(TinyWorld.Owner, Both(0.75, 0.25), TinyWorld.Cancel);
        Assert.Null(started.Refusal);
        JobRow job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.True(job.State == JobState.Finished, job.Error);

        string id = (await world.Get<ReadCombining>().MadeAsync(TinyWorld.Owner, started.Value!.JobId, TinyWorld.Cancel))!;
        Assert.Null(await world.Get<ReadCombining>().MadeAsync(TinyWorld.Other, started.Value!.JobId, TinyWorld.Cancel));
        ModelDocument made = world.Catalogue.Read(c => c.Models.Require(id));
        Assert.Equal((TinyWorld.Owner.Address, ModelState.Private, "CC-BY-4.0 AND Apache-2.0"), (made.Owner, made.State, made.Licence));
        AdapterManifest manifest = CanonicalJson.Read<AdapterManifest>(made.Manifest!);
        AdapterManifest one = CanonicalJson.Read<AdapterManifest>(world.Catalogue.Read(c => c.Models.Require("one")).Manifest!);
        Assert.Equal(["0.75", "0.25"], manifest.Parents!.Select(parent => parent.Weight));
        Assert.Equal(one.Id, manifest.Parents![0].Manifest);
        Assert.Equal(6, AdapterFile.ReadConfig(Path.Combine(world.Folders.Root, made.Path)).Config.Rank);

        // "one" has two rows and three quarters of the weight, "two" one row and the rest.
        Assert.Equal([("a/1", "0.375"), ("a/2", "0.375"), ("a/3", "0.25")], world.Get<TrainingUse>().Of(made).Select(row => (row.Scored.Id, row.Scored.Score.ToString())));

        PublishedAdapter published = await world.Get<PublishAdapter>().PublishAsync(TinyWorld.Owner, id, AdapterTerms.Usual with { Summary = "Both." }, TinyWorld.Cancel);
        Assert.Null(published.Refusal);
    }

    [Fact]
    public async Task What_an_adapter_takes_away_earns_its_rows_nothing()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        Outcome<StartedJob> started = await world.Get<CombineAdapters>().StartAsync(TinyWorld.Owner, Both(1, -0.5), TinyWorld.Cancel);
        await world.UntilOverAsync(started.Value!.JobId);
        string id = (await world.Get<ReadCombining>().MadeAsync(TinyWorld.Owner, started.Value!.JobId, TinyWorld.Cancel))!;
        Assert.Equal(["0.5", "0.5", "0"], world.Get<TrainingUse>().Of(world.Catalogue.Read(c => c.Models.Require(id))).Select(row => row.Scored.Score.ToString()));
    }

    [Fact]
    public async Task Going_on_from_a_combined_adapter_names_the_rows_of_what_it_was_combined_from()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        async Task<string> CombineAsync(CombineInput input) => (await world.Get<ReadCombining>().MadeAsync(
            TinyWorld.Owner, (await world.UntilOverAsync((await world.Get<CombineAdapters>().StartAsync(TinyWorld.Owner, input, TinyWorld.Cancel)).Value!.JobId)).Id, TinyWorld.Cancel))!;
        async Task<IReadOnlyList<string>> RowsAsync(string id) =>
            (await world.Get<KeepStart>().KeepAsync($"on-from-{id}", TrainingFrom.Adapter(id), TinyWorld.Owner.Key, TinyWorld.Cancel))!.Value.Kept.Rows;

        string both = await CombineAsync(Both(0.75, 0.25));
        Assert.Equal(["a/1", "a/2", "a/3"], await RowsAsync(both));
        Assert.Equal(["a/1", "a/2"], await RowsAsync(await CombineAsync(Both(1, -0.5)))); // what is taken away is not learned from
        Assert.Equal(["a/1", "a/2", "a/3"], await RowsAsync(await CombineAsync(new CombineInput("Again", [new(both, 1), new("two", 1)], MergeMethod.Concatenate, 0.5, 1, 0))));

        world.Catalogue.Write(c => c.Models.Remove("one"));
        TrainingException refusal = await Assert.ThrowsAsync<TrainingException>(() => world.Get<KeepStart>().KeepAsync("late", TrainingFrom.Adapter(both), TinyWorld.Owner.Key, TinyWorld.Cancel));
        Assert.Contains("go unpaid", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adapter_once_carried_its_bases_licence_alone_and_rows_that_may_not_be_sold_were_sold()
    {
        Assert.Equal("CC-BY-NC-4.0 AND CC-BY-4.0 AND Apache-2.0", LicenceExpression.Of(["CC-BY-NC-4.0", "CC-BY-4.0 AND Apache-2.0", "apache-2.0"]));
        Assert.Equal("CC BY-NC 4.0 and Apache 2.0", LicenceExpression.InWords("CC-BY-NC-4.0 AND apache-2.0"));
        await using TinyWorld world = await TinyWorld.StartAsync();
        world.Catalogue.Write(c => c.Models.Change("one", model => model with { Licence = "CC-BY-NC-4.0 AND Apache-2.0" }));
        PublishedAdapter refused = await world.Get<PublishAdapter>().PublishAsync(TinyWorld.Owner, "one", AdapterTerms.Usual with { Summary = "One." }, TinyWorld.Cancel);
        Assert.Contains("does not allow selling: CC BY-NC 4.0 (what it was made of).", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(refused.Refusal, (await world.Get<ReadModels>().FindAsync(TinyWorld.Owner, "one", TinyWorld.Cancel))!.Selling.Problem);

        Outcome<StartedJob> started = await world.Get<CombineAdapters>().StartAsync(TinyWorld.Owner, Both(1, 1), TinyWorld.Cancel);
        await world.UntilOverAsync(started.Value!.JobId);
        string both = (await world.Get<ReadCombining>().MadeAsync(TinyWorld.Owner, started.Value!.JobId, TinyWorld.Cancel))!;
        Assert.NotNull((await world.Get<PublishAdapter>().PublishAsync(TinyWorld.Owner, both, AdapterTerms.Usual with { Summary = "Both." }, TinyWorld.Cancel)).Refusal);
    }

    [Fact]
    public async Task What_does_not_go_together_is_refused_with_a_sentence()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        CombineAdapters combine = world.Get<CombineAdapters>();
        async Task<string> RefusalAsync(Person person, CombineInput input) => (await combine.StartAsync(person, input, TinyWorld.Cancel)).Refusal!.What;

        Assert.Contains("Sign in", await RefusalAsync(Person.Visitor, Both(1, 1)), StringComparison.Ordinal);
        Assert.Contains("not here", await RefusalAsync(TinyWorld.Other, Both(1, 1)), StringComparison.Ordinal);   // private: not theirs to see
        Assert.Contains("not 0", await RefusalAsync(TinyWorld.Owner, Both(0, 1)), StringComparison.Ordinal);
        Assert.Contains("name", await RefusalAsync(TinyWorld.Owner, Both(1, 1) with { Name = " " }), StringComparison.Ordinal);
        Assert.Contains("2 to 8", await RefusalAsync(TinyWorld.Owner, Both(1, 1) with { Parts = [new("one", 1)] }), StringComparison.Ordinal);
        Assert.Contains("twice", await RefusalAsync(TinyWorld.Owner, Both(1, 1) with { Parts = [new("one", 1), new("one", 1)] }), StringComparison.Ordinal);
        world.Catalogue.Write(c => c.Models.Change("two", model => model with { BaseId = "another" }));
        Assert.Contains("different bases", await RefusalAsync(TinyWorld.Owner, Both(1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Different_sizes_fail_by_linear_and_the_job_says_what_would_do()
    {
        await using TinyWorld world = await TinyWorld.StartAsync();
        Outcome<StartedJob> started = await world.Get<CombineAdapters>().StartAsync(TinyWorld.Owner, Both(1, 1) with { Method = MergeMethod.Linear }, TinyWorld.Cancel);
        JobRow job = await world.UntilOverAsync(started.Value!.JobId);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Contains("take cat or svd", job.Error, StringComparison.Ordinal);
    }
}
