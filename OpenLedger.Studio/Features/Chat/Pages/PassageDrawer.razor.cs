using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Components;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>A source of an answer: the passage in its row's words with what the answer shares marked, whose it is, and what it was paid.</summary>
public sealed partial class PassageDrawer
{
    private const int Whole = 10_000;
    private static readonly string Threshold = NotedPassage.Threshold.ToString("0.00", CultureInfo.InvariantCulture);

    private NotedPassage? _shown;
    private PassageView? _view;
    private bool _loaded;
    private IReadOnlyList<(string Text, bool Hit)> _pieces = [];

    /// <summary>Null is closed.</summary>
    [Parameter] public NotedPassage? Passage { get; set; }

    /// <summary>Of the answer it belongs to: the words in common are marked.</summary>
    [Parameter] public AnswerNotes? Notes { get; set; }

    [Parameter] public EarnedByAnswer? Earned { get; set; }

    [Parameter, EditorRequired] public ChatAsker Asker { get; set; } = null!;

    [Parameter] public EventCallback OnClosed { get; set; }

    [Inject] private ReadPassage Passages { get; set; } = null!;

    private int Number => Passage is null || Notes is null ? 0 : Notes.Passages.ToList().IndexOf(Passage);

    private string Title => Passage is null ? "Source" : $"Source {Number + 1}, row {Passage.RowId}";

    private Wei Paid => Earned!.ByRow.GetValueOrDefault(Passage!.Row);

    private string Share => Earned!.Contributed.IsZero ? ShareBar.Percent(0) : ShareBar.Percent((int)(Paid.Amount * Whole / Earned.Contributed.Amount));

    protected override async Task OnParametersSetAsync()
    {
        if (Passage == _shown) return;
        (_shown, _view, _loaded) = (Passage, null, false);
        if (Passage is null) return;
        _pieces = Pieces(Passage);
        _view = await Passages.OneAsync(Asker, Passage, CancellationToken.None);
        _loaded = true;
    }

    private List<(string, bool)> Pieces(NotedPassage passage)
    {
        List<(string, bool)> pieces = [];
        int at = 0;
        foreach (NotedRun run in Notes?.Runs.Where(run => run.Passage == Number).OrderBy(run => run.RowStart) ?? Enumerable.Empty<NotedRun>())
        {
            int start = run.RowStart - passage.Start, end = start + run.RowLength;
            if (start < at || end > passage.Text.Length) continue;
            pieces.Add((passage.Text[at..start], false));
            pieces.Add((passage.Text[start..end], true));
            at = end;
        }

        pieces.Add((passage.Text[at..], false));
        return pieces;
    }
}
