using Microsoft.AspNetCore.Components;
using OpenLedger.Studio.Features.Training.Sweeps;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Which settings are tried at which values, as lines to be typed. Combines and counts nothing.</summary>
public sealed partial class SweepFields
{
    /// <summary>At least one.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SweepLine> Lines { get; set; } = [];

    [Parameter] public EventCallback<IReadOnlyList<SweepLine>> LinesChanged { get; set; }

    /// <summary>The settings that may be tried.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<SweepSetting> Offered { get; set; } = [];

    /// <summary>What is wrong with them, in a sentence.</summary>
    [Parameter] public string? Problem { get; set; }

    private static string Numbered(string word, int at) => at == 0 ? word : $"{word} {at + 1}";

    // Its own stays among them also where it is offered no more: the sentence below says why.
    private IReadOnlyList<SweepSetting> OptionsOf(SweepLine line) => [.. Offered.Append(line.Setting).Distinct().Where(setting => setting == line.Setting || Lines.All(other => other.Setting != setting))];

    private Task ChangeAsync(int at, SweepLine line) => LinesChanged.InvokeAsync([.. Lines.Select((one, i) => i == at ? line : one)]);

    private Task AddAsync() => LinesChanged.InvokeAsync([.. Lines, new SweepLine(Offered.First(setting => Lines.All(line => line.Setting != setting)), "")]);

    private Task TakeAwayAsync() => LinesChanged.InvokeAsync([.. Lines.SkipLast(1)]);
}
