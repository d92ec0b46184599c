using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Attribution;

namespace OpenLedger.Studio.Features.Attribution.Pages;

/// <summary>One row's way through an answer to a coin, as a thread. Reads nothing.</summary>
public sealed partial class StrandThread
{
    private const int ExcerptLetters = 240;

    [Parameter, EditorRequired] public AnswerTrace Trace { get; set; } = null!;

    [Parameter, EditorRequired] public Strand Strand { get; set; } = null!;

    private string ReasonText => Strand.Reason switch
    {
        FeeReason.Passage => "For a passage that was looked up for the answer",
        FeeReason.TrainingRow => "For recorded training use",
        FeeReason.Platform or FeeReason.Developer or FeeReason.Staker or FeeReason.Unclaimed => "By the published policy",
    };

    private static string Excerpt(string text) => text.Length <= ExcerptLetters ? text : text[..text.LastIndexOf(' ', ExcerptLetters)] + "…";
}
