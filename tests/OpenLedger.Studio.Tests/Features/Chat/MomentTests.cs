using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Attribution;
using OpenLedger.Studio.Features.Chat;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Tests.Features.Chat;

/// <summary>Talking to a moment of a training, over the real model, while the training goes on and after.</summary>
public sealed class MomentTests(MomentWorld world) : IClassFixture<MomentWorld>
{
    [Fact]
    public async Task A_moment_answers_while_its_training_goes_on_and_pays_the_rows_up_to_it()
    {
        string run = await world.TrainAsync(MomentWorld.Endless);
        await world.UntilStepAsync(run, 3);
        ModelDocument moment = await world.KeepNewestAsync(run);
        Assert.Equal((ModelKind.Moment, ModelState.Private, run, MomentWorld.Owner.Address), (moment.Kind, moment.State, moment.RunId, moment.Owner));
        int step = int.Parse(moment.Id[(moment.Id.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"River words, step {step}", moment.Name);

        ChatMessage answer = await world.AskAsync(moment.Id);
        Assert.Equal((MessageState.Done, null), (answer.State, answer.Error));
        int after = await world.UntilStepAsync(run, step + 3); // it went on: three steps later the run's own checkpoint of this moment is gone
        Assert.Equal(JobState.Running, (await world.JobAsync(run)).State);
        Assert.False(Directory.Exists(Path.Combine(world.Get<StudioFolders>().Run(run), "checkpoints", $"step-{step:D7}")), $"still there at step {after}");
        Assert.Equal(MessageState.Done, (await world.AskAsync(moment.Id)).State); // the copy stays, and can be gone on from
        Assert.NotNull(await world.Get<TrainingStarts>().FindAsync(TrainingFrom.At(run, $"step-{step:D7}"), MomentWorld.Owner, MomentWorld.Cancel));
        await world.StopAsync(run);
        Assert.Equal("CC-BY-4.0 AND Apache-2.0", moment.Licence);   // its rows' and its base's, as the run's adapter will have it

        List<ShareRow> shares = await world.SharesAsync(answer.ReceiptId!);
        Assert.Equal(answer.Fee, shares.Aggregate(Wei.Zero, (sum, share) => sum + share.Amount));
        Assert.Contains(shares, share => share.Reason == FeeReason.Developer && share.Beneficiary == MomentWorld.Owner.Address);
        string[] paid = [.. shares.Where(share => share.Reason == FeeReason.TrainingRow).Select(share => share.RowId!).Order(StringComparer.Ordinal)];
        Assert.Equal(step, paid.Length); // one row a step, and none of those that it learned from later
        Assert.Equal(paid, world.Get<RowHistory>().At(run, $"step-{step:D7}").Order(StringComparer.Ordinal));
        Assert.Equal(step, (await world.Get<ReadMoment>().OfAsync(moment, MomentWorld.Cancel))!.PaidRows);
    }

    [Fact]
    public async Task What_learned_a_module_whole_was_once_trained_and_exported_but_could_not_be_talked_to()
    {
        string run = await world.TrainAsync(MomentWorld.Endless with { Recipe = MomentWorld.Endless.Recipe with { ModulesToSave = ["model.norm"] } });
        await world.UntilStepAsync(run, 2);
        ChatMessage answer = await world.AskAsync((await world.KeepNewestAsync(run)).Id);
        await world.StopAsync(run);
        Assert.Equal((MessageState.Done, null), (answer.State, answer.Error));
    }

    [Fact]
    public async Task A_moment_is_the_runs_owners_alone_to_open_and_to_talk_to_and_no_chat_begins_with_it_unasked()
    {
        string run = await TrainTwoStepsAsync();
        ModelDocument moment = await world.KeepNewestAsync(run);
        ModelDocument again = (await world.Get<KeepMoment>().KeepAsync(run, "step-0000002", MomentWorld.Owner, MomentWorld.Cancel)).Value!;
        Assert.Equal((moment.Id, moment.Hash, moment.Created), (again.Id, again.Hash, again.Created));
        foreach (Person other in new[] { MomentWorld.Admin, new Person(Address.Parse("0x00000000000000000000000000000000000000b2"), false) })
        {
            Assert.Contains("Only the wallet", (await world.Get<KeepMoment>().KeepAsync(run, "step-0000002", other, MomentWorld.Cancel)).Refusal!.What, StringComparison.Ordinal);
            ChatAsker asker = new(other, other.Key);
            Assert.NotNull((await world.Get<AskQuestion>().AskAsync(asker, null, new ChatSettings { ModelId = moment.Id }, "Hi", null, MomentWorld.Cancel)).Refusal);
            Assert.DoesNotContain(world.Get<ReadChats>().Choices(asker).Models, choice => choice.Model.Id == moment.Id);
        }

        Assert.NotNull((await world.Get<KeepMoment>().KeepAsync(run, "step-0000002", Person.Visitor, MomentWorld.Cancel)).Refusal);
        ChatChoices own = world.Get<ReadChats>().Choices(MomentWorld.Asker);
        Assert.Equal(ModelKind.Moment, own.Models[^1].Model.Kind);
        Assert.NotEqual(ModelKind.Moment, own.Models[0].Model.Kind);
        Assert.Equal(moment.Id, own.Usual(moment.Id)!.ModelId);
        Assert.Equal(ModelKind.Adapter, world.Get<Catalogue>().Read(c => c.Models.Require($"adapter-{run}")).Kind); // kept for the finished run although a moment names the run too
    }

    [Fact]
    public async Task A_moment_kept_before_its_run_ended_was_once_taken_for_the_runs_adapter()
    {
        string run = await world.TrainAsync(MomentWorld.Endless with { Recipe = MomentWorld.Endless.Recipe with { MaxSteps = 30 } });
        await world.UntilStepAsync(run, 2);
        await world.KeepNewestAsync(run);
        JobRow job = await world.UntilOverAsync(run);
        Assert.True(job.State == JobState.Finished, job.Error);
        Assert.Contains($"adapter-{run}", job.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_that_was_removed_meanwhile_gets_a_sentence_and_nothing_is_charged()
    {
        string run = await TrainTwoStepsAsync();
        Refusal gone = (await world.Get<KeepMoment>().KeepAsync(run, "step-0000009", MomentWorld.Owner, MomentWorld.Cancel)).Refusal!;
        Assert.StartsWith("This moment is not here any more", gone.What, StringComparison.Ordinal);

        ModelDocument kept = (await world.Get<KeepMoment>().KeepAsync(run, "step-0000001", MomentWorld.Owner, MomentWorld.Cancel)).Value!;
        Directory.Delete(Path.Combine(world.Get<StudioFolders>().Root, kept.Path), recursive: true);
        ChatMessage answer = await world.AskAsync(kept.Id);
        Assert.Equal((MessageState.Failed, null), (answer.State, answer.ReceiptId));
        Assert.Equal("This model cannot answer: its files are not on this machine any more. Nothing was charged: choose another model.", answer.Error);
    }

    [Fact]
    public async Task The_best_moment_is_kept_by_its_step_since_a_better_one_takes_its_place()
    {
        string run = await TrainTwoStepsAsync(keepBest: true);
        ModelDocument best = (await world.Get<KeepMoment>().KeepAsync(run, "best", MomentWorld.Owner, MomentWorld.Cancel)).Value!;
        int step = TrainingCurve.Read(world.Get<StudioFolders>().Run(run)).Evaluations.Where(loss => loss.Step > 0).MinBy(loss => loss.Loss)!.Step;
        Assert.Equal($"moment-{run}-best-{step:D7}", best.Id);
        Assert.Equal(step, KeptStart.Read(Path.Combine(world.Get<StudioFolders>().Root, best.Path))!.Rows.Count);
        Assert.Contains($"Best measurement at step {step}", world.Get<TrainingMoments>().Of(run).Select(moment => moment.Name));
    }

    [Fact]
    public async Task A_best_moment_has_its_own_step_though_a_better_one_takes_its_place_while_it_is_copied()
    {
        string run = await TrainTwoStepsAsync(keepBest: true);
        string best = world.Get<TrainingMoments>().Find(run, "best")!;
        FoundStart found = (await world.Get<TrainingStarts>().FindAsync(TrainingFrom.At(run, "best"), MomentWorld.Owner, MomentWorld.Cancel))!;
        // The curve still calls the first one the best: its line is written after the weights.
        string other = Path.Combine(Path.GetDirectoryName(best)!, best.EndsWith('1') ? "best-0000002" : "best-0000001");
        Directory.Move(best, other);

        using TemporaryFolder copy = new();
        Assert.ThrowsAny<IOException>(() => found.CopyTo(copy.Path, [])); // nothing of the better one under the other's name
        ModelDocument kept = (await world.Get<KeepMoment>().KeepAsync(run, "best", MomentWorld.Owner, MomentWorld.Cancel)).Value!;
        Assert.EndsWith(Path.GetFileName(other), kept.Id, StringComparison.Ordinal);
        Assert.Equal(other[^1] - '0', KeptStart.Read(Path.Combine(world.Get<StudioFolders>().Root, kept.Path))!.Rows.Count); // one row a step
    }

    private async Task<string> TrainTwoStepsAsync(bool keepBest = false)
    {
        string run = await world.TrainAsync(MomentWorld.Endless with { Recipe = MomentWorld.Endless.Recipe with { MaxSteps = 2, EvaluateEvery = 1, KeepBest = keepBest } });
        JobRow job = await world.UntilOverAsync(run);
        Assert.True(job.State == JobState.Finished, job.Error);
        return run;
    }
}
