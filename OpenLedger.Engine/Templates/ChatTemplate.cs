namespace OpenLedger.Engine.Templates;

/// <summary>
/// A model's own chat template (Jinja, as Hugging Face's <c>apply_chat_template</c> renders it): turns in, prompt out, equal to the byte.
/// A template is a stranger's code and runs under limits. Knows nothing of tokens. Safe to share between threads.
/// </summary>
public sealed class ChatTemplate
{
    private const string Mark = "CONTINUE_FINAL_MESSAGE_TAG ";

    private readonly IReadOnlyList<Statement> _body;
    private readonly TemplateLimits _limits;
    private readonly TimeProvider _clock;

    private ChatTemplate(string source, TemplateLimits limits, TimeProvider clock)
    {
        if (source.Length > limits.SourceLength) throw new TemplateException($"the template is longer than {limits.SourceLength} characters");
        (Source, _limits, _clock) = (source, limits, clock);
        _body = TemplateParser.Parse(source, limits);
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <exception cref="TemplateException">The template is broken or uses what is not supported; the message says where.</exception>
    public static ChatTemplate Parse(string jinja) => Parse(jinja, new TemplateLimits(), TimeProvider.System);

    /// <inheritdoc cref="Parse(string)"/>
    public static ChatTemplate Parse(string jinja, TemplateLimits limits, TimeProvider clock) => new(jinja, limits, clock);

    /// <summary>The prompt of a conversation.</summary>
    /// <param name="turns">The conversation so far.</param>
    /// <param name="addGenerationPrompt">Whether the prompt ends where the assistant is to begin.</param>
    /// <param name="bos">The tokenizer's first token; null: the template finds the name undefined.</param>
    /// <param name="eos">The tokenizer's last token; likewise.</param>
    /// <param name="extra">Further names for the template (tools, dates, switches), .NET or JSON values.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, fails, or goes over a limit.</exception>
    public string Render(IReadOnlyList<ChatTurn> turns, bool addGenerationPrompt, string? bos, string? eos, IReadOnlyDictionary<string, object?>? extra = null) =>
        RenderMessages([.. turns.Select(turn => new Dictionary<string, object?> { ["role"] = turn.Role, ["content"] = turn.Content })], addGenerationPrompt, bos, eos, extra);

    /// <summary>The same for messages with more than role and content (tool calls, reasoning). Keys whose value is null are left out, as the reference does.</summary>
    /// <inheritdoc cref="Render" path="/param"/>
    /// <inheritdoc cref="Render" path="/exception"/>
    public string RenderMessages(IReadOnlyList<IReadOnlyDictionary<string, object?>> messages, bool addGenerationPrompt, string? bos, string? eos, IReadOnlyDictionary<string, object?>? extra = null) =>
        RenderRaw([.. messages.Select(Prepare)], addGenerationPrompt, bos, eos, extra);

    /// <summary>The prompt with the last message left open, for the model to go on with it.</summary>
    /// <inheritdoc cref="Render" path="/exception"/>
    public string RenderContinuing(IReadOnlyList<IReadOnlyDictionary<string, object?>> messages, string? bos, string? eos, IReadOnlyDictionary<string, object?>? extra = null)
    {
        if (messages.Count == 0 || messages[^1].GetValueOrDefault("content") is not string last) throw new TemplateException("there is no last message with text to go on with");
        Dictionary<string, object?> open = new(messages[^1]) { ["content"] = last + Mark };
        string prompt = RenderMessages([.. messages.SkipLast(1), open], false, bos, eos, extra);
        int at = prompt.LastIndexOf(Mark.TrimEnd(), StringComparison.Ordinal);
        if (at < 0) throw new TemplateException("the template does not show the last message, so it cannot be gone on with");
        bool kept = string.CompareOrdinal(prompt, at, Mark, 0, Mark.Length) == 0;
        return kept ? prompt[..at] : TextMethods.Strip(prompt[..at], null, false, true);
    }

    /// <summary>The bare environment: messages as they are, nulls included.</summary>
    internal string RenderRaw(IReadOnlyList<object?> messages, bool addGenerationPrompt, string? bos, string? eos, IReadOnlyDictionary<string, object?>? extra)
    {
        TemplateScope globals = new(null);
        TemplateGlobals.AddTo(globals, _clock);
        TemplateScope scope = new(globals);
        scope.Set("messages", TemplateValues.From(messages));
        scope.Set("add_generation_prompt", addGenerationPrompt);
        // The reference always passes these two, as None where there is nothing.
        scope.Set("tools", null);
        scope.Set("documents", null);
        if (bos is not null) scope.Set("bos_token", bos);
        if (eos is not null) scope.Set("eos_token", eos);
        foreach ((string name, object? value) in extra ?? new Dictionary<string, object?>()) scope.Set(name, TemplateValues.From(value));
        TemplateRun run = new(_limits, scope, _clock);
        Statement.ExecuteAll(_body, run);
        return run.Result();
    }

    // Reasoning is known under three names; templates look for two of them.
    private static object Prepare(IReadOnlyDictionary<string, object?> message)
    {
        Dictionary<string, object?> prepared = message.Where(entry => entry.Value is not null && !IsNullJson(entry.Value)).ToDictionary(StringComparer.Ordinal);
        object? reasoning = prepared.GetValueOrDefault("reasoning_content") ?? prepared.GetValueOrDefault("thinking") ?? prepared.GetValueOrDefault("reasoning");
        if (reasoning is not null)
        {
            prepared.TryAdd("reasoning_content", reasoning);
            prepared.TryAdd("thinking", reasoning);
        }
        return prepared;
    }

    private static bool IsNullJson(object? value) => value is System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Null };
}
