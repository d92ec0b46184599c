using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Datanets.Ingestion;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>What is wrong with rows of a file, line by line, with the ways to mend it. Decides nothing itself.</summary>
public partial class ProblemsPart
{
    private const int Shown = 100;
    private RowProblem? _writing;
    private string _text = "";

    [Parameter, EditorRequired] public IngestReport Report { get; set; } = null!;

    [Parameter] public bool Busy { get; set; }

    [Parameter] public EventCallback<RowMend> OnMend { get; set; }

    [Parameter] public EventCallback OnSuggestions { get; set; }

    private int Total => Report.ProblemCounts.Values.Sum();

    private string Heading => Report.Waiting > 0 ? $"{DatanetWords.Count(Report.Waiting, "row needs", "rows need")} a decision" : "Worth a look";

    private Task ChooseAsync(RowProblem problem, MendOption mend)
    {
        if (mend.Action != MendAction.Write) return OnMend.InvokeAsync(new RowMend(problem.Row, mend.Action));
        (_writing, _text) = (problem, problem.Excerpt is { Length: > 0 } text && problem.Kind is ProblemKind.BadJson or ProblemKind.UnreadableCharacter ? problem.Excerpt! : "");
        return Task.CompletedTask;
    }

    private Task SaveAsync()
    {
        RowProblem problem = _writing!;
        _writing = null;
        return OnMend.InvokeAsync(new RowMend(problem.Row, MendAction.Write, problem.Column, _text));
    }
}
