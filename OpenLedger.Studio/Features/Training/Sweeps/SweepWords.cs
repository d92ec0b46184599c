using System.Globalization;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>How a sweep's settings and values are said. Decides nothing.</summary>
public static class SweepWords
{
    public static string Title(SweepSetting setting) => setting switch
    {
        SweepSetting.LearningRate => "Learning rate",
        SweepSetting.Rank => "Rank",
        SweepSetting.Passes => "Passes",
        SweepSetting.Dropout => "Dropout",
        SweepSetting.Seed => "Seed",
        SweepSetting.Beta => "Closeness (beta)",
        SweepSetting.OddsWeight => "Weight of the odds",
    };

    /// <summary>Values as somebody would type them.</summary>
    public static string Example(SweepSetting setting) => setting switch
    {
        SweepSetting.LearningRate => "0.0005, 0.001, 0.002",
        SweepSetting.Rank => "4, 8, 16",
        SweepSetting.Passes => "1, 2, 3",
        SweepSetting.Dropout => "0, 0.05, 0.1",
        SweepSetting.Seed => "1, 2, 3",
        SweepSetting.Beta => "0.05, 0.1, 0.3",
        SweepSetting.OddsWeight => "0.05, 0.1, 0.3",
    };

    /// <summary>What trying several shows.</summary>
    public static string Help(SweepSetting setting) => setting switch
    {
        SweepSetting.LearningRate => "Step size: the setting that matters most.",
        SweepSetting.Rank => "Size of the adapter; alpha grows with it, so that it speaks as loudly.",
        SweepSetting.Passes => "How often each row is seen.",
        SweepSetting.Dropout => "Share of the adapter's input switched off at random, against rote learning.",
        SweepSetting.Seed => "Another order of the same rows: shows how much is chance. The same rows are held out.",
        SweepSetting.Beta => "How closely the model stays to what it was; higher is closer.",
        SweepSetting.OddsWeight => "How much turning from the rejected answer counts.",
    };

    /// <summary>"0.001", never in powers of ten.</summary>
    public static string Number(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>"rank 8, rate 0.001": what tells a training from its brothers.</summary>
    public static string Of(IEnumerable<SweepValue> values) => string.Join(", ", values.Select(Of));

    private static string Of(SweepValue value) => value.Setting switch
    {
        SweepSetting.LearningRate => $"rate {Number(value.Value)}",
        SweepSetting.Rank => $"rank {Number(value.Value)}",
        SweepSetting.Passes => value.Value == 1 ? "1 pass" : $"{Number(value.Value)} passes",
        SweepSetting.Dropout => $"dropout {Number(value.Value)}",
        SweepSetting.Seed => $"seed {Number(value.Value)}",
        SweepSetting.Beta => $"beta {Number(value.Value)}",
        SweepSetting.OddsWeight => $"odds {Number(value.Value)}",
    };
}
