using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>Makes a row of cells by a mapping and says what is wrong with it. Knows nothing of other rows.</summary>
internal sealed class RowBuilder(ColumnMapping mapping, IngestLimits limits)
{
    private const string Unreadable = "\uFFFD";

    public RowDraft Build(SourceRow row)
    {
        List<RowProblem> problems = [.. row.Problems];
        bool readable = row.Cells.Count > 0;
        IReadOnlyList<ChatTurn> turns = readable ? TurnsOf(row, problems) : [];
        string? text = readable && mapping.Shape == RowShape.PlainText ? Needed(row, ColumnRole.Text, problems) : null;
        return new(turns, text, Side(row, ColumnRole.Id), Side(row, ColumnRole.Source), LinkOf(row, problems), IsWanted(row), problems)
        {
            Rejected = Side(row, ColumnRole.Rejected) is string other ? AnswerIn(other) : null,
            Liked = Side(row, ColumnRole.Liked) is string mark ? Thumb.Of(mark) : null,
        };
    }

    private IReadOnlyList<ChatTurn> TurnsOf(SourceRow row, List<RowProblem> problems) => mapping.Shape switch
    {
        RowShape.QuestionAnswer => Exchange(row, Needed(row, ColumnRole.Question, problems), Needed(row, ColumnRole.Answer, problems)),
        RowShape.PromptCompletion => Exchange(row, Needed(row, ColumnRole.Prompt, problems), AnswerIn(Needed(row, ColumnRole.Completion, problems))),
        RowShape.Instruction => Exchange(row, Instruct(row, problems), Needed(row, ColumnRole.Output, problems)),
        RowShape.Conversation => Converse(row, problems),
        RowShape.PlainText => [],
    };

    // Preference sets hold an answer as text, or as a whole conversation whose last message it is.
    private string AnswerIn(string cell) =>
        cell.StartsWith('[') && ConversationCell.Parse(cell, limits) is { Fault: null, Turns: [.., { Role: ChatTurn.Assistant } last] } ? last.Content : cell;

    private ChatTurn[] Exchange(SourceRow row, string asked, string answered)
    {
        ChatTurn[] turns = [new(ChatTurn.User, asked), new(ChatTurn.Assistant, answered)];
        return Side(row, ColumnRole.System) is string system ? [new(ChatTurn.System, system), .. turns] : turns;
    }

    // Alpaca's own prompt parts an instruction from its input by a blank line.
    private string Instruct(SourceRow row, List<RowProblem> problems)
    {
        string instruction = Needed(row, ColumnRole.Instruction, problems);
        return Side(row, ColumnRole.Input) is string input ? $"{instruction}\n\n{input}" : instruction;
    }

    private IReadOnlyList<ChatTurn> Converse(SourceRow row, List<RowProblem> problems)
    {
        string column = mapping.ColumnOf(ColumnRole.Conversation)!;
        string json = row.Cells.GetValueOrDefault(column, "[]");
        ConversationCell cell = ConversationCell.Parse(json, limits);
        if (cell.Fault is string fault)
            problems.Add(new(row.Number, row.Line, column, ProblemKind.BrokenConversation, fault, RowProblem.Cut(json), [MendOption.LeaveOut, new(MendAction.Write, "Mend the conversation")]));
        foreach (ChatTurn turn in cell.Turns) CheckText(row, column, turn.Content, problems);
        bool ownSystem = cell.Turns is [{ Role: ChatTurn.System }, ..];
        return !ownSystem && Side(row, ColumnRole.System) is string system ? [new(ChatTurn.System, system), .. cell.Turns] : cell.Turns;
    }

    private string Needed(SourceRow row, ColumnRole role, List<RowProblem> problems)
    {
        string column = mapping.ColumnOf(role)!;
        string cell = row.Cells.GetValueOrDefault(column, "");
        if (string.IsNullOrWhiteSpace(cell))
            problems.Add(new(row.Number, row.Line, column, ProblemKind.EmptyCell, $"The {ColumnMapping.NameOf(role)} is empty.", RestOf(row, column),
                [MendOption.LeaveOut, new(MendAction.Write, $"Write the {ColumnMapping.NameOf(role)}")]));
        else CheckText(row, column, cell, problems);
        return cell;
    }

    private void CheckText(SourceRow row, string column, string text, List<RowProblem> problems)
    {
        bool known = problems.Exists(problem => problem.Kind == ProblemKind.TooLong);
        if (text.Length > limits.CellCharacters && !known)
            problems.Add(new(row.Number, row.Line, column, ProblemKind.TooLong, $"Longer than {limits.CellCharacters:N0} characters.", null, [MendOption.LeaveOut]));
        if (text.Contains(Unreadable, StringComparison.Ordinal))
            problems.Add(new(row.Number, row.Line, column, ProblemKind.UnreadableCharacter, "Holds a character that could not be read.", Around(text, text.IndexOf(Unreadable, StringComparison.Ordinal)),
                [new(MendAction.Write, "Edit the cell"), MendOption.LeaveOut, MendOption.KeepAsRead]));
        if (text.Length > 0 && mapping.Shape != RowShape.Conversation && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
            problems.Add(new(row.Number, row.Line, column, ProblemKind.EdgeSpace, "Begins or ends with white space.", RowProblem.Cut(text), [new(MendAction.Trim, "Trim it"), MendOption.KeepAsRead]));
    }

    private string? LinkOf(SourceRow row, List<RowProblem> problems)
    {
        if (Side(row, ColumnRole.SourceLink) is not string link) return null;
        if (ColumnRecognition.IsLink(link)) return link;
        string column = mapping.ColumnOf(ColumnRole.SourceLink)!;
        problems.Add(new(row.Number, row.Line, column, ProblemKind.BadLink, "No web address; the row goes without a link.", RowProblem.Cut(link), [MendOption.KeepAsRead, new(MendAction.Write, "Write the link")]));
        return null;
    }

    private bool IsWanted(SourceRow row) =>
        Side(row, ColumnRole.Keep) is not string mark || mark.ToUpperInvariant() is "TRUE" or "YES" or "1" or "Y" or "T";

    private string? Side(SourceRow row, ColumnRole role) =>
        mapping.ColumnOf(role) is string column && row.Cells.TryGetValue(column, out string? cell) && !string.IsNullOrWhiteSpace(cell) ? cell.Trim() : null;

    private static string? RestOf(SourceRow row, string column)
    {
        string rest = string.Join(" | ", row.Cells.Where(cell => cell.Key != column && cell.Value.Length > 0).Select(cell => $"{cell.Key}: {cell.Value}"));
        return rest.Length > 0 ? RowProblem.Cut(rest) : null;
    }

    private static string Around(string text, int at) => RowProblem.Cut(text[Math.Max(0, at - 40)..]);
}
