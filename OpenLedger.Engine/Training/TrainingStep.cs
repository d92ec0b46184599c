using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>One optimiser step over one or more batches. Knows nothing of epochs, files or schedules.</summary>
public sealed class TrainingStep(LanguageModel model, LoraWeights adapter, AdamW optimizer, double dropout, double maxGradientNorm)
{
    private long _resident;

    /// <summary>Whether rows stand one behind another instead of side by side among padding. The numbers are the same.</summary>
    public bool Packing { get; init; }

    /// <summary>Whether layers are read again on the way back. The numbers are the same.</summary>
    public bool Recompute { get; init; }

    /// <summary>Learns from compared or marked answers instead of plain rows; null for plain rows.</summary>
    internal PreferenceObjective? Objective { get; init; }

    /// <summary>The adapter as the run began, which an objective may compare with; null for the base alone.</summary>
    public LoraWeights? Reference { get; init; }

    /// <summary>Noise on a batch's embedded tokens, from a seed; null for none.</summary>
    public Func<RowBatch, long, Tensor>? Noise { get; init; }

    /// <summary>The step that a recipe asks for.</summary>
    /// <param name="reference">The adapter as the run began; null for the base alone.</param>
    public static TrainingStep For(TrainingRecipe recipe, LanguageModel model, LoraWeights adapter, AdamW optimizer, LoraWeights? reference = null) =>
        new(model, adapter, optimizer, recipe.Dropout, recipe.MaxGradientNorm)
        {
            Packing = recipe.Packing,
            Objective = PreferenceObjective.Of(recipe),
            Reference = reference,
            Recompute = recipe.RecomputesLayers,
            Noise = recipe.NoiseAlpha > 0 ? (batch, seed) => EmbeddingNoise.Draw(batch, model.Config.Width, recipe.NoiseAlpha, seed) : null,
        };

    /// <summary>Learns from the batches: every learned token of the step counts the same, whichever batch it stands in.</summary>
    /// <param name="seed">Start of this step's dropout and noise.</param>
    public StepResult Run(IReadOnlyList<IReadOnlyList<EncodedRow>> batches, double learningRate, long seed)
    {
        using IDisposable? little = Recompute ? NativeMemory.HoldLittle() : null;
        int learned = batches.Sum(rows => rows.Sum(row => row.LearnedTokens));
        StepTotals totals = StepTotals.Of(batches);
        double loss = 0;
        _resident = 0;
        optimizer.ZeroGradients();
        for (int i = 0; i < batches.Count; i++)
        {
            long start = SeededOrder.Mix(seed, i);
            loss += Objective is null ? LearnAnswers(batches[i], 1.0 / learned, start) : Compare(Objective).Accumulate(batches[i], totals, start);
        }
        double norm = optimizer.ClipGradients(maxGradientNorm);
        optimizer.Apply(learningRate);
        return new(loss, norm, batches.Sum(rows => rows.Sum(row => row.Tokens)), learned, _resident);
    }

    private double LearnAnswers(IReadOnlyList<EncodedRow> rows, double weight, long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        RowBatch batch = Packing ? RowBatch.Pack(rows, model.Device) : RowBatch.Of(rows, model.Device);
        using LearningStates states = Learn(batch, seed);
        Tensor picked = batch.Pick(states.Hidden).detach(); // [learned, width]
        (double sum, Tensor gradient) = AnswerLoss.WithGradient(hidden => model.Logits(hidden, adapter), picked, batch.Targets, weight);
        states.Backward(batch.Unpick(gradient, states.Hidden.shape));
        return sum * weight;
    }

    private PreferenceLearning Compare(PreferenceObjective objective) => new(model, adapter, Reference, objective, new TextScorer(model, Packing), Learn);

    private LearningStates Learn(RowBatch batch, long seed)
    {
        LearningStates states = model.Learn(new LearningPass(batch.Ids, adapter)
        {
            Texts = batch.Texts,
            Dropout = dropout,
            Seed = seed,
            Recompute = Recompute,
            Noise = Noise?.Invoke(batch, seed),
        });
        _resident = Math.Max(_resident, Environment.WorkingSet);
        return states;
    }
}
