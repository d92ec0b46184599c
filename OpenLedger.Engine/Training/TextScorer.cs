using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Training;

/// <summary>Reads texts and gives their tokens' log-probabilities, without gradients. Knows no loss.</summary>
internal sealed class TextScorer(LanguageModel model, bool packing)
{
    /// <summary>The texts as one batch.</summary>
    public RowBatch Lay(IReadOnlyList<ScoredText> texts)
    {
        List<EncodedRow> rows = [.. texts.Select(text => text.Row)];
        return packing ? RowBatch.Pack(rows, model.Device) : RowBatch.Of(rows, model.Device);
    }

    /// <summary>Scores by the base with an adapter, or by the base alone.</summary>
    public TokenScores Read(IReadOnlyList<ScoredText> texts, LoraWeights? adapter)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        RowBatch batch = Lay(texts);
        using LearningStates states = model.Learn(new LearningPass(batch.Ids, adapter) { Texts = batch.Texts });
        Tensor tokens = AnswerLoss.LogProbabilities(hidden => model.Logits(hidden, adapter), batch.Pick(states.Hidden), batch.Targets);
        TokenScores scores = TokenScores.Of(texts, tokens);
        return scores with { Tokens = tokens.MoveToOuterDisposeScope(), Text = scores.Text.MoveToOuterDisposeScope(), Answer = scores.Answer.MoveToOuterDisposeScope() };
    }

    /// <summary>All that an objective asks of a batch, by the learning adapter and by the reference, without gradients.</summary>
    public PreferenceScores Read(PreferenceObjective objective, IReadOnlyList<EncodedRow> rows, LoraWeights adapter, LoraWeights? reference) =>
        Around(objective, rows, Read(objective.Texts(rows), adapter), adapter, reference);

    /// <summary>Adds to the learning adapter's scores what the objective asks beside them.</summary>
    public PreferenceScores Around(PreferenceObjective objective, IReadOnlyList<EncodedRow> rows, TokenScores policy, LoraWeights adapter, LoraWeights? reference)
    {
        IReadOnlyList<ScoredText> beside = objective.Beside(rows);
        bool measured = beside.Count > 0;
        return new(
            policy,
            objective.HasReference ? Read(objective.Texts(rows), reference) : null,
            measured ? Read(beside, adapter) : null,
            measured ? Read(beside, reference) : null);
    }
}
