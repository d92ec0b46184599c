using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>One optimiser step over one or more batches. Knows nothing of epochs, files or schedules.</summary>
public sealed class TrainingStep(LanguageModel model, LoraWeights adapter, AdamW optimizer, double dropout, double maxGradientNorm)
{
    /// <summary>Learns from the batches: every learned token of the step counts the same, whichever batch it stands in.</summary>
    /// <param name="seed">Start of this step's dropout.</param>
    public StepResult Run(IReadOnlyList<IReadOnlyList<EncodedRow>> batches, double learningRate, long seed)
    {
        int learned = batches.Sum(rows => rows.Sum(row => row.LearnedTokens));
        double loss = 0;
        optimizer.ZeroGradients();
        for (int i = 0; i < batches.Count; i++)
            loss += Accumulate(batches[i], 1.0 / learned, SeededOrder.Mix(seed, i));
        double norm = optimizer.ClipGradients(maxGradientNorm);
        optimizer.Apply(learningRate);
        return new(loss, norm, batches.Sum(rows => rows.Sum(row => row.Ids.Length)), learned);
    }

    private double Accumulate(IReadOnlyList<EncodedRow> rows, double weight, long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        if (dropout > 0) manual_seed(seed);
        RowBatch batch = RowBatch.Of(rows, model.Device);
        Tensor hidden = model.Hidden(batch.Ids, adapter: adapter, lengths: batch.Lengths, dropout: dropout); // [batch, tokens, width]
        Tensor picked = batch.Pick(hidden); // [learned, width]
        (double sum, Tensor gradient) = AnswerLoss.WithGradient(states => model.Logits(states, adapter), picked, batch.Targets, weight);
        autograd.backward(picked, gradient);
        return sum * weight;
    }
}
