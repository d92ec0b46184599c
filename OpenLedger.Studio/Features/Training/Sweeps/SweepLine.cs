using System.Globalization;

namespace OpenLedger.Studio.Features.Training.Sweeps;

/// <summary>A setting and the values to try as a person types them: "0.001, 0.002". Knows no recipe.</summary>
public sealed record SweepLine(SweepSetting Setting, string Text)
{
    /// <summary>The values once each, in their order, or the first word that is none.</summary>
    public (IReadOnlyList<SweepValue> Values, string? Problem) Read()
    {
        List<SweepValue> values = [];
        foreach (string word in Text.Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                return ([], $"{SweepWords.Title(Setting)}: '{Shown(word)}' is no number. Write the values with commas between them, as {SweepWords.Example(Setting)}.");
            if (IsWhole && value != Math.Truncate(value))
                return ([], $"{SweepWords.Title(Setting)}: {word} is no whole number. Write the values as {SweepWords.Example(Setting)}.");
            values.Add(new(Setting, value));
        }
        return ([.. values.Distinct()], null);
    }

    private bool IsWhole => Setting is SweepSetting.Rank or SweepSetting.Passes or SweepSetting.Seed;

    private static string Shown(string word) => word.Length <= 20 ? word : $"{word[..20]}…";
}
