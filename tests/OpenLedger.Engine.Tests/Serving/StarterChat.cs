using System.Text.Json;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Serving;
using TorchSharp;
using static TorchSharp.torch;

namespace OpenLedger.Engine.Tests.Serving;

/// <summary>The real starter model, loaded once for a class of tests, and what they ask of it.</summary>
public sealed class StarterChat : IDisposable
{
    public ChatModel Chat { get; } = ChatModel.Load(Fixture.Starter("models/SmolLM2-135M-Instruct/SmolLM2-135M-Instruct.Q4_1.gguf"));

    public void Dispose() => Chat.Dispose();

    internal TextGenerator NewGenerator() => new(Chat.Model, Chat.Tokenizer, Chat.Dialect.StopTokens, new RequestLimits(), TimeProvider.System);

    /// <summary>The reference's prompts and answers.</summary>
    internal static IReadOnlyList<JsonElement> Prompts() =>
        [.. JsonDocument.Parse(File.ReadAllText(Fixture.Path("smollm2/prompts.json"))).RootElement.GetProperty("prompts").EnumerateArray()];

    /// <summary>An adapter that changes answers: random in both halves, the same for the same seed.</summary>
    internal ServedAdapter NewAdapter(int seed)
    {
        LoraConfig config = new(4, 8, 0, ["q_proj", "v_proj"]);
        LoraWeights weights = LoraWeights.Create(config, Chat.Model.Linears, seed, CPU);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Generator random = new((ulong)seed, CPU);
        foreach (LoraPair pair in weights.Pairs.Values) pair.B.copy_(rand(pair.B.shape, generator: random).sub_(0.5).mul_(8));
        Sha256Hash hash = Sha256Hash.Of(BitConverter.GetBytes(seed));
        return new ServedAdapter(hash, hash, weights);
    }

    internal static async Task<(string Text, IReadOnlyList<GenerationUpdate> Updates, GenerationSummary Summary)> Run(TextGenerator generator, GenerationRequest request, CancellationToken cancel = default)
    {
        List<GenerationUpdate> updates = [];
        await foreach (GenerationUpdate update in generator.RunAsync(request, cancel)) updates.Add(update);
        return (string.Concat(updates.Select(update => update.Text)), updates, updates[^1].Summary!);
    }
}
