using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>One answer: while it is written, and after. Draws itself anew as the words come; asks and changes nothing itself.</summary>
public sealed partial class AnswerView : IDisposable
{
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(60);

    private RunningAnswer? _watched;
    private AnswerNotes? _notes;
    private string? _noted;
    private int _drawing;

    [Parameter, EditorRequired] public ChatMessage Message { get; set; } = null!;

    [Parameter] public RunningAnswer? Running { get; set; }

    [Parameter, EditorRequired] public string ModelName { get; set; } = "";

    /// <summary>Where two stand beside each other.</summary>
    [Parameter] public bool ShowsModel { get; set; }

    [Parameter] public EventCallback<NotedPassage> OnPassage { get; set; }

    [Parameter] public EventCallback OnStop { get; set; }

    [Parameter] public EventCallback OnAgain { get; set; }

    [Parameter] public EventCallback OnEdit { get; set; }

    [Parameter] public EventCallback<bool?> OnJudge { get; set; }

    /// <summary>It has more words than before.</summary>
    [Parameter] public EventCallback OnGrown { get; set; }

    private string NothingText => Message.ReceiptId is null
        ? "This model answers from passages alone, so it wrote nothing, and nothing was charged. Ask in other words, or choose another Datanet."
        : "What follows stands on no row: the model wrote it by itself.";

    private string RowsText => _notes is null || _notes.Passages.Count == 0 ? "" : $"{Cited} cited, {_notes.Passages.Count - Cited} more";

    private int Cited => _notes!.Sentences.Where(sentence => sentence.Verdict == SupportVerdict.Supported).Select(sentence => sentence.Passage).Distinct().Count();

    private string SupportText
    {
        get
        {
            int claims = _notes?.Sentences.Count(sentence => sentence.Verdict != SupportVerdict.NothingClaimed) ?? 0;
            return claims == 0 ? "" : $"{_notes!.Sentences.Count(sentence => sentence.Verdict == SupportVerdict.Supported)} of {claims} sentences supported";
        }
    }

    private string Figures => string.Create(CultureInfo.InvariantCulture,
        $"{Message.TokensOut} tokens, {Message.TokensPerSecond:0} tokens/s, first after {(Message.FirstToken ?? 0) / 1000.0:0.00} s");

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_watched, Running))
        {
            Unwatch();
            _watched = Running;
            if (_watched is not null) _watched.Changed += Draw;
        }

        if (_noted == Message.Citations) return;
        _noted = Message.Citations;
        _notes = AnswerNotes.Read(_noted);
    }

    public void Dispose() => Unwatch();

    private void Unwatch()
    {
        if (_watched is not null) _watched.Changed -= Draw;
    }

    private string Pressed(bool good) => Message.IsGood == good ? "true" : "false";

    private Task JudgeAsync(bool good) => OnJudge.InvokeAsync(Message.IsGood == good ? null : good);

    private Task OpenAsync(int source) => OnPassage.InvokeAsync(_notes!.Passages[source]);

    // Words come faster than a page need be drawn: one drawing waits at a time, and the last word is always in one.
    private void Draw()
    {
        if (Interlocked.Exchange(ref _drawing, 1) == 1) return;
        _ = InvokeAsync(async () =>
        {
            await Task.Delay(BetweenDrawings);
            Volatile.Write(ref _drawing, 0);
            StateHasChanged();
            await OnGrown.InvokeAsync();
        });
    }
}
