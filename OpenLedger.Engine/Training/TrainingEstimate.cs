using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>What a run will cost, told before it starts: from the rows' token counts, the recipe and a measured rate of this machine.</summary>
/// <param name="Seconds">Whole run, measurements and the comparison with the base included.</param>
/// <param name="MemoryBytes">Peak of the process.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="Tokens">Tokens read, those of rejected answers' texts too, padding not counted.</param>
/// <param name="LearnedTokens">Tokens learned from.</param>
public sealed record TrainingEstimate(double Seconds, long MemoryBytes, int Steps, long Tokens, long LearnedTokens)
{
    /// <summary>Foretells a plan on a base, at a rate of this machine.</summary>
    /// <param name="resident">Bytes that the process holds beside the run.</param>
    public static TrainingEstimate For(TrainingPlan plan, ModelOutline model, MachineRate rate, long resident)
    {
        StepCost cost = new(model, plan.Recipe);
        List<IReadOnlyList<IReadOnlyList<EncodedRow>>> steps = [.. Enumerable.Range(0, plan.TotalSteps).Select(plan.Batches.Step)];
        double learning = steps.Sum(step => step.Sum(cost.Learning));
        double measuring = plan.Measured.OrderBy(row => row.Ids.Length).Chunk(plan.Recipe.BatchSize).Sum(cost.Reading) * (Measurements(plan) + 2);
        return new(
            (learning + measuring) / rate.OperationsPerSecond + TuningReport.AnsweredTokens(plan.Measured) / rate.AnswerTokensPerSecond,
            resident + steps.SelectMany(step => step).Max(cost.PeakBytes),
            plan.TotalSteps,
            steps.Sum(step => step.Sum(rows => rows.Sum(row => (long)row.Tokens))),
            steps.Sum(step => step.Sum(rows => rows.Sum(row => (long)row.LearnedTokens))));
    }

    private static int Measurements(TrainingPlan plan) =>
        1 + Enumerable.Range(1, plan.TotalSteps).Count(step =>
            plan.EndsEpoch(step) || (plan.Recipe.EvaluateEvery > 0 && step % plan.Recipe.EvaluateEvery == 0));
}
