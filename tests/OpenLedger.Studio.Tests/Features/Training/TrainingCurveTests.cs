using OpenLedger.Engine.Records;
using OpenLedger.Engine.Training;
using OpenLedger.Studio.Features.Training;

namespace OpenLedger.Studio.Tests.Features.Training;

public sealed class TrainingCurveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_has_not_begun_has_an_empty_curve() => Assert.Empty(TrainingCurve.Read(_folder.Path).Steps);

    [Fact]
    public void Steps_repeated_after_a_restart_count_once_and_a_torn_last_line_not_at_all()
    {
        string[] lines = [.. new[] { Step(1, 3.0), Step(2, 2.5), Step(3, 2.4), Step(2, 2.6), Step(3, 2.3) }.Select(CanonicalJson.Serialize)];
        File.WriteAllText(TrainingCurve.PathIn(_folder.Path), string.Join('\n', lines) + "\n{\"step\":{\"st");
        Assert.Equal([3.0, 2.6, 2.3], TrainingCurve.Read(_folder.Path).Steps.Select(step => step.Loss));
    }

    private static TrainingPoint Step(int number, double loss) => new(new StepProgress(number, 1, loss, 1e-3, 1, 100, 50, 60, 1, 9), null);
}
