using System.Globalization;

namespace OpenLedger.Engine.Export;

/// <summary>How an export compares with the Studio: the record that goes with it. It never changes once made.</summary>
/// <param name="Prompts">How many prompts were answered by both.</param>
/// <param name="Identical">How many answers are the same token by token.</param>
/// <param name="Tokens">How many tokens agree from the beginning of each answer.</param>
/// <param name="Studio">The Studio's perplexity on prompts and answers.</param>
/// <param name="Export">The export's on the same text.</param>
/// <param name="Failure">Why this is no export; null if it passed.</param>
public sealed record SelfTestResult(int Prompts, int Identical, int Tokens, double Studio, double Export, string? Failure)
{
    // What rounding costs the starter model with its shipped adapter, the smallest that anybody exports here, and half as much again for other
    // adapters and questions: 0.1 % and 22 % were measured (tests/OpenLedger.Judge prints it). Larger models lose less, a broken file far more.
    private const double LargestRise8 = 0.05, LargestRise4 = 0.35;

    /// <summary>By what part the export is more surprised than the Studio: 0.02 is 2 %.</summary>
    public double Rise => Export / Studio - 1;

    /// <summary>One sentence for page and card.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture,
        $"{Identical} of {Prompts} answers are the Studio's token by token; perplexity {Studio:F3} in the Studio, {Export:F3} here ({100 * Rise:+0.00;-0.00} %).");

    internal static SelfTestResult For(ExportFormat format, int prompts, int identical, int tokens, double studio, double export, string? different)
    {
        SelfTestResult result = new(prompts, identical, tokens, studio, export, null);
        double most = format == ExportFormat.GgufQ4 ? LargestRise4 : LargestRise8;
        return !double.IsFinite(export) ? result with { Export = double.MaxValue, Failure = "the export's numbers are not finite" }
            : format.IsQuantised() ? result.Rise <= most ? result : result with { Failure = string.Create(CultureInfo.InvariantCulture, $"the perplexity rises by {100 * result.Rise:F1} %, more than rounding explains ({100 * most:F0} %)") }
            : result with { Failure = different };
    }
}
