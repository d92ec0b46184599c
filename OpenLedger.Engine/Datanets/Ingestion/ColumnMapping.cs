namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What a file's rows are and what each of its columns is used as: guessed first, then as a person wants it. Knows no cells.</summary>
/// <param name="Shape">What the rows are.</param>
/// <param name="Roles">By column; a column that is not named is left out.</param>
public sealed record ColumnMapping(RowShape Shape, IReadOnlyDictionary<string, ColumnRole> Roles)
{
    private static readonly ColumnRole[] Anywhere = [ColumnRole.System, ColumnRole.Id, ColumnRole.Source, ColumnRole.SourceLink, ColumnRole.Keep];

    // What people made of an answer.
    private static readonly ColumnRole[] Judged = [ColumnRole.Rejected, ColumnRole.Liked];

    /// <summary>What keeps rows from being made, each in a sentence. Empty when the mapping can be used.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. NeededBy(Shape).Where(role => ColumnOf(role) is null).Select(role => $"No column holds the {NameOf(role)}: choose one."),
        .. Roles.Values.Where(role => role != ColumnRole.LeaveOut).GroupBy(role => role).Where(group => group.Count() > 1)
            .Select(group => $"Two columns hold the {NameOf(group.Key)}: choose one of them."),
        .. Roles.Where(pair => pair.Value != ColumnRole.LeaveOut && !AllowedIn(Shape).Contains(pair.Value))
            .Select(pair => $"'{pair.Key}' cannot be the {NameOf(pair.Value)} of such rows."),
    ];

    /// <summary>The column used as this, or null.</summary>
    public string? ColumnOf(ColumnRole role) => Roles.Where(pair => pair.Value == role).Select(pair => pair.Key).FirstOrDefault();

    public ColumnRole RoleOf(string column) => Roles.GetValueOrDefault(column, ColumnRole.LeaveOut);

    public ColumnMapping With(string column, ColumnRole role) => this with { Roles = new Dictionary<string, ColumnRole>(Roles) { [column] = role } };

    /// <summary>The same columns for another kind of rows: what answered before answers now.</summary>
    public ColumnMapping As(RowShape shape)
    {
        ColumnRole[] asked = [ColumnRole.Question, ColumnRole.Prompt, ColumnRole.Instruction];
        ColumnRole[] said = [ColumnRole.Answer, ColumnRole.Completion, ColumnRole.Output, ColumnRole.Text];
        ColumnRole[] needed = NeededBy(shape);
        Dictionary<string, ColumnRole> roles = [];
        foreach ((string column, ColumnRole role) in Roles)
        {
            ColumnRole now = asked.Contains(role) && needed.Length == 2 ? needed[0] : said.Contains(role) ? needed[^1] : role;
            roles[column] = AllowedIn(shape).Contains(now) ? now : ColumnRole.LeaveOut;
        }
        return new(shape, roles);
    }

    /// <summary>The roles without which no such row can be made.</summary>
    public static ColumnRole[] NeededBy(RowShape shape) => shape switch
    {
        RowShape.QuestionAnswer => [ColumnRole.Question, ColumnRole.Answer],
        RowShape.PromptCompletion => [ColumnRole.Prompt, ColumnRole.Completion],
        RowShape.Instruction => [ColumnRole.Instruction, ColumnRole.Output],
        RowShape.Conversation => [ColumnRole.Conversation],
        RowShape.PlainText => [ColumnRole.Text],
    };

    /// <summary>The roles that a column of such rows may have.</summary>
    public static IReadOnlyList<ColumnRole> AllowedIn(RowShape shape) => shape switch
    {
        RowShape.Instruction => [.. NeededBy(shape), ColumnRole.Input, .. Judged, .. Anywhere],
        RowShape.PlainText => [.. NeededBy(shape), .. Anywhere.Where(role => role != ColumnRole.System)],
        RowShape.QuestionAnswer or RowShape.PromptCompletion or RowShape.Conversation => [.. NeededBy(shape), .. Judged, .. Anywhere],
    };

    /// <summary>What people call it.</summary>
    public static string NameOf(ColumnRole role) => role switch
    {
        ColumnRole.LeaveOut => "nothing",
        ColumnRole.Question => "question",
        ColumnRole.Answer => "answer",
        ColumnRole.Prompt => "prompt",
        ColumnRole.Completion => "completion",
        ColumnRole.Instruction => "instruction",
        ColumnRole.Input => "input to the instruction",
        ColumnRole.Output => "output",
        ColumnRole.Conversation => "conversation",
        ColumnRole.Text => "text",
        ColumnRole.System => "system prompt",
        ColumnRole.Rejected => "rejected answer",
        ColumnRole.Liked => "thumb up or down",
        ColumnRole.Id => "id",
        ColumnRole.Source => "source",
        ColumnRole.SourceLink => "link to the source",
        ColumnRole.Keep => "mark of rows to take",
    };
}
