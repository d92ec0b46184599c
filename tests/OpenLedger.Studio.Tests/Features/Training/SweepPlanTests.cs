using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Features.Training.Sweeps;

namespace OpenLedger.Studio.Tests.Features.Training;

/// <summary>Which runs the typed lines make, and what is said where they make none.</summary>
public class SweepPlanTests
{
    private static readonly TrainingInput Input = TrainingWorld.TwoSteps with { Recipe = new TrainingRecipe { Rank = 8, Alpha = 16 } };

    [Fact]
    public void Every_combination_is_a_run_and_the_first_line_changes_slowest()
    {
        SweepPlan plan = SweepPlan.Of(Input, [new(SweepSetting.Rank, "4, 8"), new(SweepSetting.LearningRate, "1e-3;0.002 0.002"), new(SweepSetting.Passes, " ")]);
        Assert.Empty(plan.Problems);
        Assert.Equal(["rank 4, rate 0.001", "rank 4, rate 0.002", "rank 8, rate 0.001", "rank 8, rate 0.002"], plan.Runs.Select(SweepWords.Of));
    }

    [Fact]
    public void Lines_without_values_are_no_sweep_and_no_problem()
    {
        SweepPlan plan = SweepPlan.Of(Input, [new(SweepSetting.Rank, ""), new(SweepSetting.Seed, "  ")]);
        Assert.Empty(plan.Runs);
        Assert.Empty(plan.Problems);
    }

    [Theory]
    [InlineData("1,2,3", "4,8", "0.1,0.2,0.3", "3 × 2 × 3 values make 18 trainings; a sweep has at most 12.")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13", "", "", "13 values make as many trainings; a sweep has at most 12.")]
    [InlineData("1", "8", "", "One value is nothing to choose from.")]
    [InlineData("1,two", "", "", "Passes: 'two' is no number. Write the values with commas between them, as 1, 2, 3.")]
    [InlineData("1,2.5", "", "", "Passes: 2.5 is no whole number.")]
    [InlineData("1,NaN", "", "", "'NaN' is no number")]
    public void What_cannot_be_a_sweep_is_refused_in_a_sentence_that_says_the_count(string passes, string ranks, string dropouts, string said)
    {
        SweepPlan plan = SweepPlan.Of(Input, [new(SweepSetting.Passes, passes), new(SweepSetting.Rank, ranks), new(SweepSetting.Dropout, dropouts)]);
        Assert.Empty(plan.Runs);
        Assert.Contains(said, Assert.Single(plan.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twelve_are_not_too_many() =>
        Assert.Equal(12, SweepPlan.Of(Input, [new(SweepSetting.Passes, "1,2,3"), new(SweepSetting.Rank, "4,8"), new(SweepSetting.Seed, "1,2")]).Runs.Count);

    [Fact]
    public void Four_settings_one_twice_or_none_held_out_are_refused()
    {
        SweepLine rates = new(SweepSetting.LearningRate, "0.001,0.002");
        Assert.Contains("4 settings", Only(Input, new(SweepSetting.Rank, "8"), rates, new(SweepSetting.Passes, "1"), new(SweepSetting.Seed, "1")), StringComparison.Ordinal);
        Assert.Contains("Learning rate stands twice", Only(Input, rates, rates), StringComparison.Ordinal);
        Assert.Contains("rows held out", Only(Input with { Recipe = Input.Recipe with { EvaluationShare = 0 } }, rates), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_the_training_uses_can_be_tried()
    {
        Assert.DoesNotContain(SweepSetting.Beta, SweepPlan.Offered(Input));
        Assert.Contains(SweepSetting.Beta, SweepPlan.Offered(Input with { Recipe = Input.Recipe with { Objective = ObjectiveKind.Preference } }));
        TrainingInput goingOn = Input with { From = TrainingFrom.Adapter("mine") };
        Assert.DoesNotContain(SweepSetting.Rank, SweepPlan.Offered(goingOn));
        Assert.Contains("has its size already", Only(goingOn, new SweepLine(SweepSetting.Rank, "4,8")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 32)]
    [InlineData(true, 16)]
    public void A_higher_rank_is_heard_as_loudly(bool steady, double alpha)
    {
        TrainingRecipe recipe = new SweepValue(SweepSetting.Rank, 16).In(Input.Recipe with { RankStabilized = steady });
        Assert.Equal((16, alpha), (recipe.Rank, recipe.Alpha));
    }

    [Fact]
    public void Another_seed_keeps_the_same_rows_out()
    {
        EncodedRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new EncodedRow($"row-{i}", [1, 2, 3], [false, true, true]))];
        TrainingRecipe asked = Input.Recipe with { Seed = 42 };
        string[][] heldOut = [.. new[] { asked, new SweepValue(SweepSetting.Seed, 1).In(asked), new SweepValue(SweepSetting.Seed, 2).In(asked), asked with { Seed = 1 } }
            .Select(recipe => TrainingPlan.For(recipe, rows, []).Split.HeldOut.Select(row => row.Id).ToArray())];
        Assert.Equal(heldOut[0], heldOut[1]);
        Assert.Equal(heldOut[0], heldOut[2]);
        Assert.NotEqual(heldOut[0], heldOut[3]); // a run by itself with that seed would keep others out
    }

    private static string Only(TrainingInput input, params SweepLine[] lines) => Assert.Single(SweepPlan.Of(input, lines).Problems).Message;
}
