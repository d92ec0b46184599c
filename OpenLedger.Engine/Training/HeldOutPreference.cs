using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Measures a model on compared or marked answers that it did not learn from. Knows nothing of a run.</summary>
internal static class HeldOutPreference
{
    /// <summary>The objective's loss over the rows, and the share of them with whose choice the model agrees.</summary>
    public static HeldOutLoss Measure(
        LanguageModel model, LoraWeights adapter, LoraWeights? reference, PreferenceObjective objective, IReadOnlyList<EncodedRow> rows, int batchSize, int step, CancellationToken cancel)
    {
        TextScorer scorer = new(model, packing: true);
        StepTotals totals = StepTotals.Of([rows]);
        (double loss, int agreed) = (0, 0);
        foreach (EncodedRow[] batch in rows.Chunk(batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGradient = no_grad();
            PreferenceScores scores = scorer.Read(objective, batch, adapter, reference);
            loss += objective.Loss(scores, batch, totals).ToDouble();
            agreed += objective.Agreements(scores, batch);
        }
        return new(step, loss, rows.Sum(row => row.LearnedTokens)) { Agreement = (double)agreed / rows.Count };
    }
}
