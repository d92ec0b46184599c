using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>Arithmetic and memory of a batch, by the shapes of model and adapter and by the recipe. Knows nothing of time.</summary>
internal sealed class StepCost(ModelOutline model, TrainingRecipe recipe)
{
    private const int FloatBytes = 4;

    private readonly long _decoder = model.Linears.Sum(linear => linear.Value.In * linear.Value.Out);
    private readonly AdapterSize _adapter = AdapterSize.Of(recipe, model);
    private readonly long _head = (long)model.Config.Vocabulary * model.Config.Width;
    private readonly long _attention = (long)model.Config.Layers * model.Config.Width;
    private readonly PreferenceObjective? _objective = PreferenceObjective.Of(recipe);

    /// <summary>Floating-point operations to read a batch forward and carry the loss back, with all that the objective reads beside it.</summary>
    /// <remarks>The base's weights want no gradient: two products forward and back to the inputs, three for the adapter's own. Layers that are recomputed are read forward once more.</remarks>
    public double Learning(IReadOnlyList<EncodedRow> rows)
    {
        if (_objective is null) return LearningTexts(rows);
        IReadOnlyList<EncodedRow> texts = Texts(rows);
        // Logits are computed once for the loss and again to carry it back.
        return LearningTexts(texts) + 2.0 * _head * Learned(texts) + BesideLearning(_objective, rows, texts);
    }

    /// <summary>The same forward only.</summary>
    public double Reading(IReadOnlyList<EncodedRow> rows)
    {
        IReadOnlyList<EncodedRow> texts = Texts(rows);
        return ReadingTexts(texts) + (_objective is null ? 0 : BesideLearning(_objective, rows, texts));
    }

    /// <summary>Bytes that a run adds when the forward pass of a batch is done: weights, adapter with gradient and moments, what backward needs, one chunk of logits.</summary>
    public long PeakBytes(IReadOnlyList<EncodedRow> rows)
    {
        IReadOnlyList<EncodedRow> texts = Texts(rows);
        long logits = 3L * AnswerLoss.ChunkPositions * model.Config.Vocabulary;
        return BaseBytes() + (recipe.RecomputesLayers ? (long)(HeldWhenReadAgain * FloatBytes * _decoder) : 0) + FloatBytes * (_head + 4 * _adapter.All + logits) + (long)(FloatBytes * Places(texts) * SavedPerPlace());
    }

    // Floats kept for backward per output of a linear layer, what the allocator leaves between them included: fitted to measured peaks of the starter model.
    private const double SavedPerOutput = 2.6;

    // Where layers are read again, as a share of the decoder in float32: what the allocator and the collector hold of buffers made anew, as measured.
    private const double HeldWhenReadAgain = 0.35;

    // Of layers that are recomputed only what goes between them is kept, and what one of them needs while it is carried back.
    private double SavedPerPlace()
    {
        double all = SavedPerOutput * model.Linears.Sum(linear => linear.Value.Out);
        return recipe.RecomputesLayers ? all / model.Config.Layers + _attention : all;
    }

    // A layer of a base in few bits is float32 while it is computed with: the weights of one layer at a time.
    private long BaseBytes() => recipe.Base switch
    {
        BaseForm.Float32 => FloatBytes * _decoder,
        BaseForm.Int8 => _decoder + FloatBytes * model.Linears.Sum(linear => linear.Value.Out) + FloatBytes * _decoder / model.Config.Layers,
        BaseForm.Nf4 => _decoder / 2 + _decoder / 64 + FloatBytes * _decoder / model.Config.Layers,
    };

    private IReadOnlyList<EncodedRow> Texts(IReadOnlyList<EncodedRow> rows) => _objective is null ? rows : [.. _objective.Texts(rows).Select(text => text.Row)];

    // The reference reads what is learned from; both read what only measures.
    private double BesideLearning(PreferenceObjective objective, IReadOnlyList<EncodedRow> rows, IReadOnlyList<EncodedRow> texts)
    {
        EncodedRow[] beside = [.. objective.Beside(rows).Select(text => text.Row)];
        return (objective.HasReference ? ReadingTexts(texts) : 0) + (beside.Length > 0 ? 2 * ReadingTexts(beside) : 0);
    }

    private double LearningTexts(IReadOnlyList<EncodedRow> texts) =>
        Places(texts) * (4.0 * _decoder + 6.0 * _adapter.Beside + 12.0 * _attention * Width(texts)) + (_adapter.WholeHead ? 6.0 : 4.0) * _head * Learned(texts)
        + (recipe.RecomputesLayers ? ReadingLayers(texts) : 0);

    private double ReadingTexts(IReadOnlyList<EncodedRow> texts) => ReadingLayers(texts) + 2.0 * _head * Learned(texts);

    private double ReadingLayers(IReadOnlyList<EncodedRow> texts) => Places(texts) * (2.0 * _decoder + 2.0 * _adapter.Beside + 4.0 * _attention * Width(texts));

    private static long Width(IReadOnlyList<EncodedRow> texts) => texts.Max(text => text.Ids.Length);

    private long Places(IReadOnlyList<EncodedRow> texts) => recipe.Packing ? texts.Sum(text => (long)text.Ids.Length) : texts.Count * Width(texts);

    private static long Learned(IReadOnlyList<EncodedRow> texts) => texts.Sum(text => (long)text.LearnedTokens);
}
