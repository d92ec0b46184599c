using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>How far a run has come, beside its weights: all that a restart needs to go on as if nothing had happened.</summary>
/// <param name="Plan">What is being done (<see cref="TrainingPlan.Hash"/>); a checkpoint of another plan is not taken up.</param>
/// <param name="Step">Steps done. Data order and dropout follow from it and the seed.</param>
/// <param name="LogHead">Head of the row log after that step.</param>
/// <param name="Steps">Every step so far.</param>
/// <param name="Evaluations">Every measurement so far.</param>
/// <param name="Version">The layout of this record.</param>
public sealed record TrainingState(
    Sha256Hash Plan, int Step, Sha256Hash LogHead, IReadOnlyList<StepProgress> Steps, IReadOnlyList<HeldOutLoss> Evaluations, int Version = 1);
