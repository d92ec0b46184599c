using System.Globalization;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Guesses what a file's columns are, by their names and, where those say nothing, by what stands in them. Knows no file.</summary>
/// <param name="Mapping">The guess.</param>
/// <param name="Certain">Whether the names said so.</param>
public sealed record ColumnRecognition(ColumnMapping Mapping, bool Certain)
{
    private static readonly HashSet<string> Questions = ["question", "q", "query", "domanda", "frage", "pregunta"];
    private static readonly HashSet<string> Answers = ["answer", "a", "reply", "risposta", "antwort", "respuesta", "response"];
    private static readonly HashSet<string> Prompts = ["prompt"];
    private static readonly HashSet<string> Completions = ["completion", "chosen", "response", "output", "answer"];
    private static readonly HashSet<string> Chosen = ["chosen", "chosen_response"];
    private static readonly HashSet<string> RejectedNames = ["rejected", "rejected_response"];
    private static readonly HashSet<string> Instructions = ["instruction"];
    private static readonly HashSet<string> Inputs = ["input", "context"];
    private static readonly HashSet<string> Outputs = ["output", "response", "completion", "answer"];
    private static readonly HashSet<string> Conversations = ["messages", "conversations", "conversation", "dialog", "dialogue", "chat", "turns"];
    private static readonly HashSet<string> Texts = ["text", "content", "body", "passage", "document", "testo"];

    private static readonly Dictionary<string, ColumnRole> Sides = new()
    {
        ["system"] = ColumnRole.System,
        ["system_prompt"] = ColumnRole.System,
        ["rejected"] = ColumnRole.Rejected,
        ["rejected_response"] = ColumnRole.Rejected,
        ["label"] = ColumnRole.Liked,
        ["liked"] = ColumnRole.Liked,
        ["thumb"] = ColumnRole.Liked,
        ["thumbs"] = ColumnRole.Liked,
        ["feedback"] = ColumnRole.Liked,
        ["id"] = ColumnRole.Id,
        ["row_id"] = ColumnRole.Id,
        ["uid"] = ColumnRole.Id,
        ["source"] = ColumnRole.Source,
        ["publisher"] = ColumnRole.Source,
        ["section"] = ColumnRole.Source,
        ["url"] = ColumnRole.SourceLink,
        ["link"] = ColumnRole.SourceLink,
        ["source_url"] = ColumnRole.SourceLink,
        ["href"] = ColumnRole.SourceLink,
    };

    /// <summary>Guesses from the first rows of a file.</summary>
    public static ColumnRecognition Of(SourceFile file)
    {
        ColumnRecognition guess = ByNames(file.Columns) ?? ByContent(file);
        Dictionary<string, ColumnRole> roles = new(guess.Mapping.Roles);
        foreach (string column in file.Columns)
            if (!roles.ContainsKey(column)) roles[column] = SideOf(file, column, guess.Mapping.Shape, roles);
        return guess with { Mapping = new(guess.Mapping.Shape, roles) };
    }

    internal static bool IsConversationName(string column) => Conversations.Contains(Plain(column));

    internal static bool IsKnownName(string column)
    {
        string name = Plain(column);
        return Sides.ContainsKey(name) || new[] { Questions, Answers, Prompts, Completions, Instructions, Inputs, Outputs, Conversations, Texts }.Any(names => names.Contains(name));
    }

    private static ColumnRecognition? ByNames(IReadOnlyList<string> columns)
    {
        string? Named(HashSet<string> names) => columns.FirstOrDefault(column => names.Contains(Plain(column)));

        // Two whole conversations that part at the last answer.
        if (Named(Prompts) is null && Named(Chosen) is string chosen && Named(RejectedNames) is string)
            return Certainly(RowShape.Conversation, (chosen, ColumnRole.Conversation));
        if (Named(Conversations) is string conversation) return Certainly(RowShape.Conversation, (conversation, ColumnRole.Conversation));
        if (Named(Instructions) is string instruction && Named(Outputs) is string output)
            return Certainly(RowShape.Instruction, (instruction, ColumnRole.Instruction), (Named(Inputs), ColumnRole.Input), (output, ColumnRole.Output));
        if (Named(Questions) is string question && Named(Answers) is string answer)
            return Certainly(RowShape.QuestionAnswer, (question, ColumnRole.Question), (answer, ColumnRole.Answer));
        if (Named(Prompts) is string prompt && Named(Completions) is string completion)
            return Certainly(RowShape.PromptCompletion, (prompt, ColumnRole.Prompt), (completion, ColumnRole.Completion));
        if (Named(Inputs) is string input && Named(Outputs) is string reply)
            return Certainly(RowShape.PromptCompletion, (input, ColumnRole.Prompt), (reply, ColumnRole.Completion));
        if (Named(Questions) is string lone) return Certainly(RowShape.QuestionAnswer, (lone, ColumnRole.Question)) with { Certain = false };
        return Named(Texts) is string text ? Certainly(RowShape.PlainText, (text, ColumnRole.Text)) : null;
    }

    // The first two columns that hold words are a question and its answer; a lone one is a text.
    private static ColumnRecognition ByContent(SourceFile file)
    {
        string[] worded = [.. file.Columns.Where(column => HoldsWords(file, column))];
        ColumnRecognition guess = worded.Length >= 2
            ? Certainly(RowShape.QuestionAnswer, (worded[0], ColumnRole.Question), (worded[1], ColumnRole.Answer))
            : Certainly(RowShape.PlainText, (worded.FirstOrDefault(), ColumnRole.Text));
        return guess with { Certain = false };
    }

    private static bool HoldsWords(SourceFile file, string column)
    {
        string[] cells = [.. file.Sample.Select(row => row.Cells.GetValueOrDefault(column, "")).Where(cell => !string.IsNullOrWhiteSpace(cell))];
        int plain = cells.Count(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || IsLink(cell) || cell is "true" or "false");
        return cells.Length > 0 && plain * 2 < cells.Length;
    }

    private static bool HoldsThumbs(SourceFile file, string column)
    {
        string[] cells = [.. file.Sample.Select(row => row.Cells.GetValueOrDefault(column, "")).Where(cell => !string.IsNullOrWhiteSpace(cell))];
        return cells.Length > 0 && cells.All(cell => Thumb.Of(cell) is not null);
    }

    internal static bool IsLink(string text) => Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? link) && link.Scheme is "http" or "https";

    private static ColumnRole SideOf(SourceFile file, string column, RowShape shape, Dictionary<string, ColumnRole> taken)
    {
        ColumnRole role = Sides.GetValueOrDefault(Plain(column), ColumnRole.LeaveOut);
        if (role == ColumnRole.Liked && !HoldsThumbs(file, column)) return ColumnRole.LeaveOut;   // a label is as often a topic
        return taken.ContainsValue(role) || !ColumnMapping.AllowedIn(shape).Contains(role) ? ColumnRole.LeaveOut : role;
    }

    private static ColumnRecognition Certainly(RowShape shape, params ReadOnlySpan<(string? Column, ColumnRole Role)> roles)
    {
        Dictionary<string, ColumnRole> named = [];
        foreach ((string? column, ColumnRole role) in roles)
            if (column is not null) named[column] = role;
        return new(new(shape, named), Certain: true);
    }

    private static string Plain(string column) => column.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
