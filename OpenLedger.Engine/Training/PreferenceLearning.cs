using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>What a batch of compared or marked answers teaches: its loss and its gradients. Knows no optimiser.</summary>
/// <remarks>
/// Log-probabilities are read first, the loss's gradient on each of them is found on that short list alone, and only then are logits computed again,
/// a few positions at a time, to carry it back: no batch's logits stand in memory at once.
/// </remarks>
/// <param name="reference">The adapter as the run began; null for the base alone.</param>
/// <param name="learn">Reads a batch to learn from it.</param>
internal sealed class PreferenceLearning(
    LanguageModel model, LoraWeights adapter, LoraWeights? reference, PreferenceObjective objective, TextScorer scorer, Func<RowBatch, long, LearningStates> learn)
{
    /// <summary>The batch's part of the step's loss; its gradients are added to the adapter's.</summary>
    public double Accumulate(IReadOnlyList<EncodedRow> rows, StepTotals totals, long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<ScoredText> texts = objective.Texts(rows);
        RowBatch batch = scorer.Lay(texts);
        using LearningStates states = learn(batch, seed);
        Tensor picked = batch.Pick(states.Hidden).detach();                                                  // [wanted, width]
        Tensor Head(Tensor hidden) => model.Logits(hidden, adapter);
        Tensor tokens = AnswerLoss.LogProbabilities(Head, picked, batch.Targets).requires_grad_(true);       // [wanted]
        Tensor loss = objective.Loss(scorer.Around(objective, rows, TokenScores.Of(texts, tokens), adapter, reference), rows, totals);
        loss.backward();
        Tensor gradient = AnswerLoss.Gradient(Head, picked, batch.Targets, -tokens.grad!);                   // [wanted, width]
        states.Backward(batch.Unpick(gradient, states.Hidden.shape));
        return loss.ToDouble();
    }
}
