using System.Text.Json;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Reads a conversation's JSON: OpenAI's <c>messages</c> (role, content) and ShareGPT's <c>conversations</c> (from, value). Knows nothing of rows.</summary>
/// <param name="Turns">In order, as far as they could be read.</param>
/// <param name="Fault">What keeps it from being one, in a sentence; null for none.</param>
internal sealed record ConversationCell(IReadOnlyList<ChatTurn> Turns, string? Fault)
{
    public static ConversationCell Parse(string json, IngestLimits limits)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = limits.JsonDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Array) return new([], "The conversation is no list of messages.");
            return OfMessages(document.RootElement);
        }
        catch (JsonException e)
        {
            return new([], $"The conversation is no JSON: {JsonFault.Of(e)}");
        }
        catch (InvalidOperationException)
        {
            return new([], "A message holds half a surrogate pair.");
        }
    }

    private static ConversationCell OfMessages(JsonElement messages)
    {
        List<ChatTurn> turns = [];
        int number = 0;
        foreach (JsonElement message in messages.EnumerateArray())
        {
            number++;
            if (RoleOf(message) is not string role) return new(turns, $"Message {number} does not say whose it is: system, user or assistant.");
            if (ContentOf(message) is not string content || string.IsNullOrWhiteSpace(content)) return new(turns, $"Message {number} has no text.");
            turns.Add(new(role, content));
        }
        return new(turns, OrderFault(turns));
    }

    /// <summary>The rule of turns: a system prompt may come first, then user and assistant in turn, and an answer ends it.</summary>
    private static string? OrderFault(List<ChatTurn> turns)
    {
        int first = turns is [{ Role: ChatTurn.System }, ..] ? 1 : 0;
        if (turns.Count == first) return "The conversation has no messages.";
        for (int i = first; i < turns.Count; i++)
        {
            string expected = (i - first) % 2 == 0 ? ChatTurn.User : ChatTurn.Assistant;
            if (turns[i].Role != expected) return $"Message {i + 1} is of the {turns[i].Role}, where the {expected} should speak.";
        }
        return turns[^1].Role == ChatTurn.Assistant ? null : "The last message is not of the assistant: there is no answer to learn.";
    }

    private static string? RoleOf(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object) return null;
        if (!message.TryGetProperty("role", out JsonElement role) && !message.TryGetProperty("from", out role)) return null;
        if (role.ValueKind != JsonValueKind.String) return null;
        return role.GetString()!.ToUpperInvariant() switch
        {
            "SYSTEM" or "DEVELOPER" => ChatTurn.System,
            "USER" or "HUMAN" or "PROMPTER" => ChatTurn.User,
            "ASSISTANT" or "GPT" or "BOT" or "MODEL" or "CHATGPT" => ChatTurn.Assistant,
            _ => null,
        };
    }

    private static string? ContentOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content) && !message.TryGetProperty("value", out content)) return null;
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(PartOf)), // OpenAI's list of parts
            JsonValueKind.Object or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined => null,
        };
    }

    private static string PartOf(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
