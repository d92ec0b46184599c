using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Fixtures.Areas;

/// <summary>Three texts in one row, and what the reference found of them packed, apart, and packed wrongly.</summary>
internal sealed class PackedFixture : IDisposable
{
    private readonly SafetensorsFile _file;

    public PackedFixture(string path)
    {
        _file = SafetensorsFile.Open(path);
        (Loss, LeakingLoss) = (_file.ReadFloats("loss_packed")[0], _file.ReadFloats("loss_unreset_wrong")[0]);
        long[] ids = _file.ReadIntegers("input_ids"), labels = _file.ReadIntegers("labels"), segment = _file.ReadIntegers("segment");
        Rows = [.. Enumerable.Range(0, ids.Length).GroupBy(i => segment[i]).Select(text => new EncodedRow(
            $"text-{text.Key}", [.. text.Select(i => (int)ids[i])], [.. text.Select(i => labels[i] != -100)]))];
    }

    /// <summary>Mean over the learned tokens, which packing must not change.</summary>
    public double Loss { get; }

    /// <summary>What comes out where positions run on and texts see each other.</summary>
    public double LeakingLoss { get; }

    public IReadOnlyList<EncodedRow> Rows { get; }

    public LoraWeights ReadAdapter(LanguageModel model) => PeftRun.ReadAdapter(_file, "adapter.", _file.Metadata["config"], model);

    /// <summary>Our mean loss over the rows one behind another.</summary>
    public double LossOf(LanguageModel model, LoraWeights adapter)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        RowBatch batch = RowBatch.Pack(Rows, CPU);
        using LearningStates states = model.Learn(new LearningPass(batch.Ids, adapter) { Texts = batch.Texts });
        return AnswerLoss.Sum(hidden => model.Logits(hidden, adapter), batch.Pick(states.Hidden), batch.Targets) / batch.LearnedTokens;
    }

    public void Dispose() => _file.Dispose();
}
