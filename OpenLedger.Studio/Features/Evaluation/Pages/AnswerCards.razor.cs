using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Evaluation;

namespace OpenLedger.Studio.Features.Evaluation.Pages;

/// <summary>Some rows as base and tuned answered them, beside what the row says.</summary>
public sealed partial class AnswerCards
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public IReadOnlyList<ScoredAnswer> Answers { get; set; } = [];
}
