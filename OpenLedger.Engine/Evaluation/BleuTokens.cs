using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Evaluation;

/// <summary>The tokens of mteval-v13a, which sacrebleu counts by default. Knows no score.</summary>
internal static partial class BleuTokens
{
    public static string[] Of(string text)
    {
        string line = text.TrimEnd().Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        line = line.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        line = Symbol().Replace($" {line} ", " $1 ");
        line = StopAfterOther().Replace(line, "$1 $2 ");
        line = StopBeforeOther().Replace(line, " $1 $2");
        line = DashAfterDigit().Replace(line, "$1 $2 ");
        return line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"([\{-~\[-` -&\(-\+:-@/])")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"([^0-9])([.,])")]
    private static partial Regex StopAfterOther();

    [GeneratedRegex(@"([.,])([^0-9])")]
    private static partial Regex StopBeforeOther();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();
}
