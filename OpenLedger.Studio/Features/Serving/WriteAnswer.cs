using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Jobs;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Has a prepared answer written, token by token, and holds each sentence against its passages. Charges nothing and keeps nothing.</summary>
public sealed class WriteAnswer(Embedder embedder, MachineTurns turns, TimeProvider time)
{
    private static readonly string[] Refusals = [GroundedPrompt.Refusal];

    /// <param name="prepared">Stays the caller's to dispose.</param>
    /// <param name="write">Takes each new piece of text.</param>
    /// <param name="stopping">Asked after each token: true ends the answer where it stands, and what is written stays.</param>
    /// <param name="cancel">Throws it away.</param>
    public async Task<WrittenAnswer> WriteAsync(PreparedAnswer prepared, Action<string> write, Func<bool> stopping, CancellationToken cancel)
    {
        using IDisposable turn = turns.Answer();
        long began = time.GetTimestamp();
        TimeSpan first = TimeSpan.Zero;
        StringBuilder text = new();
        GenerationSummary? summary = null;
        int tokens = 0;
        await foreach (StreamingChatMessageContent part in StreamAsync(prepared, cancel))
        {
            if (tokens++ == 0) first = time.GetElapsedTime(began);
            if (part.Content is { Length: > 0 } piece)
            {
                text.Append(piece);
                write(piece);
            }

            if (part.Metadata?.GetValueOrDefault(EngineChatClient.SummaryKey) is GenerationSummary whole) summary = whole;
            else if (stopping()) break;
        }

        string answer = PlaceCitations.Without(text.ToString()).Trim();
        AnswerSupport? support = prepared.Passages.Count == 0 ? null : await CheckAsync(answer, prepared.Passages, cancel);
        return new(answer, summary ?? UpToStop(prepared, tokens, first, time.GetElapsedTime(began)), support, summary is null);
    }

    private static IAsyncEnumerable<StreamingChatMessageContent> StreamAsync(PreparedAnswer prepared, CancellationToken cancel)
    {
        ChatHistory history = [];
        foreach (ChatTurn turn in prepared.Turns) history.AddMessage(new AuthorRole(turn.Role), turn.Content);
        IChatCompletionService service = prepared.Kernel.GetRequiredService<IChatCompletionService>();
        return service.GetStreamingChatMessageContentsAsync(history, SettingsOf(prepared), prepared.Kernel, cancel);
    }

    // Semantic Kernel hands on what it does not know itself, which is how the adapter reaches the engine.
    private static PromptExecutionSettings SettingsOf(PreparedAnswer prepared)
    {
        AnswerRequest request = prepared.Request;
        SamplingOptions sampling = request.Sampling;
        ChatOptions own = new ChatOptions().WithSampling(sampling).WithAdapter(prepared.Lease.Adapter).WithPassageBias(BiasOf(prepared));
        Dictionary<string, object> data = new()
        {
            ["temperature"] = (float)sampling.Temperature,
            ["top_p"] = (float)sampling.TopP,
            ["top_k"] = sampling.TopK,
            ["max_tokens"] = request.MaxTokens,
        };
        if (sampling.Seed is long seed) data["seed"] = seed;
        foreach ((string key, object? value) in own.AdditionalProperties ?? [])
            if (value is not null) data[key] = value;
        return new PromptExecutionSettings { ExtensionData = data };
    }

    // A model that was tuned to quote needs no leading.
    private static PassageBias? BiasOf(PreparedAnswer prepared) => prepared.Passages.Count == 0 || prepared.Request.Model.Grounded
        ? null
        : new PassageBias(prepared.Lease.Chat.Tokenizer, prepared.Passages.Select(passage => passage.Passage.Text));

    private async Task<AnswerSupport> CheckAsync(string answer, IReadOnlyList<RetrievedPassage> passages, CancellationToken cancel)
    {
        EmbeddingModel model = await embedder.GetAsync(cancel);
        return await Task.Run(() => new SupportCheck(model, refusals: Refusals).Check(answer, passages), cancel);
    }

    private static GenerationSummary UpToStop(PreparedAnswer prepared, int tokens, TimeSpan first, TimeSpan total) =>
        new(FinishReason.Length, [], prepared.TokensIn, 0, tokens, prepared.Request.Sampling.Seed ?? 0, first, total);
}
