using Microsoft.AspNetCore.Components;

namespace OpenLedger.Studio.Features.Chat.Pages;

/// <summary>An answer's words: with passages each sentence is marked by its source or as said by no row, without any it is Markdown.</summary>
public sealed partial class AnswerText
{
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    [Parameter] public AnswerNotes? Notes { get; set; }

    /// <summary>A source's number, from 0.</summary>
    [Parameter] public EventCallback<int> OnSource { get; set; }
}
