using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Benchmarks;

/// <summary>The rows and loops that training is measured on: real rows at their natural lengths, even made-up rows, and the plain loop beside ours.</summary>
internal static class TrainingShapes
{
    public const string StarterModel = "models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf";

    /// <summary>Rows in a batch, and rows of natural lengths.</summary>
    public const int Batch = 4, NaturalRows = 32;

    public static LoraConfig QueryValue { get; } = new(8, 16, 0, ["q_proj", "v_proj"]);

    /// <summary>Rows of MedQuAD that no one chose, in a seeded order, none cut below 1,024 tokens.</summary>
    public static EncodedRow[] MedQuad(int count)
    {
        RowEncoder encoder = BaseWords.Read(Repository.Starter(StarterModel)).Encoder(1024, ObjectiveKind.EveryAnswer);
        return [.. new SeededOrder(7).Shuffle(File.ReadLines(Repository.Fixture("medquad/every-512th.jsonl")).Select(RowOf)).Select(row => encoder.Encode(row).Row!).Take(count)];
    }

    /// <summary>Rows of one length whose every token is learned.</summary>
    public static EncodedRow[] Even(int rows, int tokens) => [.. Enumerable.Range(0, rows).Select(row => new EncodedRow(
        $"row-{row}", [.. Enumerable.Range(0, tokens).Select(t => 100 + (t * 31 + row * 977) % 40000)], [.. Enumerable.Repeat(true, tokens)]))];

    /// <summary>The step that a first script would make: rows padded side by side, logits of every place, one loss over all.</summary>
    public static void PlainStep(LanguageModel model, LoraWeights adapter, AdamW optimizer, IReadOnlyList<EncodedRow> rows)
    {
        using DisposeScope scope = NewDisposeScope();
        optimizer.ZeroGradients();
        RowBatch batch = RowBatch.Of(rows, CPU);
        Tensor logits = model.Logits(model.Hidden(batch.Ids, adapter: adapter, lengths: batch.Lengths), adapter);   // [rows, tokens, vocabulary]
        Tensor labels = full([logits.shape[0] * logits.shape[1]], -100L, int64).index_copy(0, batch.Positions, batch.Targets);
        nn.functional.cross_entropy(logits.flatten(0, 1), labels, ignore_index: -100).backward();
        optimizer.ClipGradients(1);
        optimizer.Apply(1e-4);
    }

    private static DatanetRow RowOf(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new DatanetRow(Text("id"), [new ChatTurn(ChatTurn.User, Text("question")), new ChatTurn(ChatTurn.Assistant, Text("answer"))], null, "0x01");
    }
}
