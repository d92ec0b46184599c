using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>How surprised a model is by rows it did not learn from. Knows nothing of a run.</summary>
/// <param name="Step">Steps of training behind it; 0 for the base.</param>
/// <param name="Loss">Mean over the rows' learned tokens, in nats.</param>
/// <param name="Tokens">How many tokens that is over.</param>
public sealed record HeldOutLoss(int Step, double Loss, int Tokens)
{
    /// <summary>Share of the rows with whose choice the model agrees, 0 to 1; null where no answers were compared.</summary>
    public double? Agreement { get; init; }

    /// <summary>e to the loss: among how many equally likely tokens the model wavers.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>Measures over the rows, longest beside longest; without an adapter, the base.</summary>
    public static HeldOutLoss Measure(LanguageModel model, LoraWeights? adapter, IReadOnlyList<EncodedRow> rows, int batchSize, int step, CancellationToken cancel)
    {
        double sum = 0;
        foreach (EncodedRow[] batch in rows.OrderBy(row => row.Ids.Length).Chunk(batchSize))
        {
            cancel.ThrowIfCancellationRequested();
            sum += SumOver(model, adapter, batch);
        }
        int tokens = rows.Sum(row => row.LearnedTokens);
        return new(step, sum / Math.Max(1, tokens), tokens);
    }

    private static double SumOver(LanguageModel model, LoraWeights? adapter, EncodedRow[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        RowBatch batch = RowBatch.Of(rows, model.Device);
        Tensor hidden = model.Hidden(batch.Ids, adapter: adapter, lengths: batch.Lengths); // [batch, tokens, width]
        return AnswerLoss.Sum(states => model.Logits(states, adapter), batch.Pick(hidden), batch.Targets);
    }
}
