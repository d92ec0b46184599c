using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Serving;

/// <summary>The engine as an <see cref="IChatClient"/>, so that Semantic Kernel and others run over it. Knows nothing of prices or people.</summary>
public sealed class EngineChatClient(ChatModel model, TextGenerator generator, string modelId) : IChatClient
{
    /// <summary>Under this name the last update's additional properties carry the <see cref="GenerationSummary"/>.</summary>
    public const string SummaryKey = "openledger.summary";

    private readonly ChatClientMetadata _metadata = new("openledger", null, modelId);

    /// <exception cref="RequestRefusedException">The request breaks a limit.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in GetStreamingResponseAsync(messages, options, cancellationToken)) updates.Add(update);
        ChatResponse response = updates.ToChatResponse();
        response.AdditionalProperties = updates[^1].AdditionalProperties;
        return response;
    }

    /// <exception cref="RequestRefusedException">The request breaks a limit.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        GenerationRequest asked = EngineChatOptions.ToRequest(options, model.Encode(Turns(messages, options)));
        GenerationRequest request = asked with { Stops = [.. asked.Stops, .. model.Dialect.StopTexts] };
        string response = Guid.NewGuid().ToString("N");
        await foreach (GenerationUpdate update in generator.RunAsync(request, cancellationToken))
        {
            ChatResponseUpdate part = new(ChatRole.Assistant, update.Text) { ResponseId = response, MessageId = response, ModelId = modelId };
            if (update.Summary is { } summary) Finish(part, summary);
            yield return part;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(model) ? model
        : serviceType.IsInstanceOfType(generator) ? generator
        : null;

    /// <summary>Nothing of its own: model and generator belong to whoever made them.</summary>
    public void Dispose() { }

    private static void Finish(ChatResponseUpdate part, GenerationSummary summary)
    {
        part.FinishReason = summary.Finish switch { FinishReason.Stop => ChatFinishReason.Stop, FinishReason.Length => ChatFinishReason.Length };
        part.Contents.Add(new UsageContent(new UsageDetails
        {
            InputTokenCount = summary.TokensIn,
            OutputTokenCount = summary.TokensOut,
            TotalTokenCount = summary.TokensIn + summary.TokensOut,
        }));
        part.AdditionalProperties = new AdditionalPropertiesDictionary { [SummaryKey] = summary };
    }

    private static List<ChatTurn> Turns(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatTurn> turns = [.. messages.Select(message => new ChatTurn(message.Role.Value, message.Text))];
        if (!string.IsNullOrWhiteSpace(options?.Instructions)) turns.Insert(0, new ChatTurn(ChatTurn.System, options.Instructions));
        return turns;
    }
}
