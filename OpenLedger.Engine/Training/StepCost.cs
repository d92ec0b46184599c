using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Training;

/// <summary>Arithmetic and memory of a batch, by the shapes of model and adapter. Knows nothing of time.</summary>
internal sealed class StepCost(ModelOutline model, TrainingRecipe recipe)
{
    private const int FloatBytes = 4;

    // Runtime, libtorch and its buffers, measured with an empty model.
    private const long ProcessBytes = 300L << 20;

    private readonly long _decoder = model.Linears.Sum(linear => linear.Value.In * linear.Value.Out);
    private readonly long _adapter = AdapterParameters(model, recipe);
    private readonly long _head = (long)model.Config.Vocabulary * model.Config.Width;
    private readonly long _attention = (long)model.Config.Layers * model.Config.Width;

    /// <summary>Floating-point operations to read a batch forward and carry the loss back.</summary>
    /// <remarks>The base's weights want no gradient: two products forward and back to the inputs, three for the adapter's own.</remarks>
    public double Learning(IReadOnlyList<EncodedRow> rows) =>
        Places(rows) * (4.0 * _decoder + 6.0 * _adapter + 12.0 * _attention * Width(rows)) + 4.0 * _head * Learned(rows);

    /// <summary>The same forward only.</summary>
    public double Reading(IReadOnlyList<EncodedRow> rows) =>
        Places(rows) * (2.0 * _decoder + 2.0 * _adapter + 4.0 * _attention * Width(rows)) + 2.0 * _head * Learned(rows);

    /// <summary>Bytes held when the forward pass of a batch is done: weights, adapter with gradient and moments, what backward needs, one chunk of logits.</summary>
    public long PeakBytes(IReadOnlyList<EncodedRow> rows)
    {
        long outputs = model.Linears.Sum(linear => linear.Value.Out);
        long scores = (long)model.Config.Layers * model.Config.Heads * Width(rows);
        double perPlace = SavedPerOutput * outputs + SavedPerScore * scores;
        long logits = 3L * AnswerLoss.ChunkPositions * model.Config.Vocabulary;
        return ProcessBytes + FloatBytes * (_decoder + _head + 4 * _adapter + logits) + (long)(FloatBytes * Places(rows) * perPlace);
    }

    // Floats kept for backward per output of a linear layer and per attention score, fitted to measured peaks of the starter model.
    private const double SavedPerOutput = 2.6, SavedPerScore = 2.0;

    private static long AdapterParameters(ModelOutline model, TrainingRecipe recipe) =>
        recipe.Adapter.TargetsIn(new AdapterBase(model.Linears)).Sum(name => recipe.Rank * (model.Linears[name].In + model.Linears[name].Out));

    private static long Width(IReadOnlyList<EncodedRow> rows) => rows.Max(row => row.Ids.Length);

    private long Places(IReadOnlyList<EncodedRow> rows) => recipe.Packing ? rows.Sum(row => (long)row.Ids.Length) : rows.Count * Width(rows);

    private static long Learned(IReadOnlyList<EncodedRow> rows) => rows.Sum(row => (long)row.LearnedTokens);
}
