using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;
using OpenLedger.Studio.Features.Training.Pages;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Evaluation.Pages;

/// <summary>Base against tuned on rows that neither learned from. Publishes nothing.</summary>
public sealed partial class ComparePage
{
    private const double Noticeable = 0.005; // nats: below it the two are the same to a reader

    private bool _loading = true;
    private TrainingView? _view;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private ReadTraining Runs { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _view = await Runs.OneAsync(Id, await Current.GetAsync(), CancellationToken.None);
        _loading = false;
    }

    private static string Change(double value, string format) =>
        (value < 0 ? "−" : "+") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);

    // The sign alone: how sure it is, and whether the answers are better, is for the measuring below to say.
    private static string Verdict(TuningReport report) => (report.Tuned.Loss - report.Base.Loss) switch
    {
        < -Noticeable => "lower, so it reads these rows better",
        > Noticeable => "higher, so it reads these rows worse",
        _ => "about the same",
    };
}
