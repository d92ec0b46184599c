namespace OpenLedger.Engine.Training;

/// <summary>What one optimiser step did.</summary>
/// <param name="Loss">Mean over its learned tokens, in nats.</param>
/// <param name="GradientNorm">Length of all gradients together, before clipping.</param>
/// <param name="Tokens">Tokens read, padding not counted.</param>
/// <param name="LearnedTokens">Tokens learned from.</param>
/// <param name="ResidentBytes">Memory the process held when the way back began, which is when it holds most.</param>
public sealed record StepResult(double Loss, double GradientNorm, int Tokens, int LearnedTokens, long ResidentBytes);
