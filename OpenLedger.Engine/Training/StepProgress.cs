namespace OpenLedger.Engine.Training;

/// <summary>Where a run stands after a step, as the run page shows it.</summary>
/// <param name="Step">Steps done, from 1.</param>
/// <param name="Epoch">The pass this step belongs to, from 1.</param>
/// <param name="Loss">Mean over the step's learned tokens, in nats.</param>
/// <param name="LearningRate">The rate used in the step.</param>
/// <param name="GradientNorm">Length of all gradients together, before clipping.</param>
/// <param name="TokensPerSecond">Tokens read in this step, by its own time.</param>
/// <param name="ResidentBytes">The most memory the process held in this step.</param>
/// <param name="SecondsLeft">Time left at the pace of the run so far.</param>
public sealed record StepProgress(
    int Step, int Epoch, double Loss, double LearningRate, double GradientNorm, int Tokens, int LearnedTokens,
    double TokensPerSecond, long ResidentBytes, double SecondsLeft);
