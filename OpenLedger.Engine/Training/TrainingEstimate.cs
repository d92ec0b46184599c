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
        List<IReadOnlyList<EncodedRow>> batches = [.. Enumerable.Range(0, plan.TotalSteps).SelectMany(plan.Batches.Step)];
        List<EncodedRow[]> measured = [.. plan.Measured.OrderBy(row => row.Ids.Length).Chunk(plan.Recipe.BatchSize)];
        int measurements = Measurements(plan) + 2;
        double operations = batches.Sum(cost.Learning) + measurements * measured.Sum(cost.Reading);
        double reading = plan.Recipe.RecomputesLayers ? 1.0 / 4 : 1.0 / 3;   // of learning, which reads, and carries back as if it read twice
        return new(
            operations / rate.OperationsPerSecond + (batches.Count + reading * measurements * measured.Count) * rate.SecondsPerBatch + TuningReport.AnswerSteps(plan.Measured) / rate.AnswerStepsPerSecond,
            resident + batches.Max(cost.PeakBytes),
            plan.TotalSteps,
            batches.Sum(rows => rows.Sum(row => (long)row.Tokens)),
            batches.Sum(rows => rows.Sum(row => (long)row.LearnedTokens)));
    }

    private static int Measurements(TrainingPlan plan) =>
        1 + Enumerable.Range(1, plan.TotalSteps).Count(step =>
            plan.EndsEpoch(step) || (plan.Recipe.EvaluateEvery > 0 && step % plan.Recipe.EvaluateEvery == 0));
}
