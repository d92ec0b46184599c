using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Adapters;

/// <summary>Matches module names as PEFT does, by a stranger's regular expression: anchored, and stopped when it takes too long.</summary>
internal static partial class ModulePattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>PEFT's <c>re.fullmatch(pattern, name)</c>.</summary>
    public static bool IsWhole(string pattern, string name) => Matches($@"\A(?:{pattern})\z", name, pattern);

    /// <summary>PEFT's rule for the keys of rank and alpha patterns: the key matches the name or a tail of it after a dot.</summary>
    public static bool IsTail(string pattern, string name) => Matches($@"\A(?:.*\.)?(?:{pattern})\z", name, pattern);

    /// <summary>PEFT's <c>re.match(".*\.PATTERN\.(\d+)\.", name)</c>: the number, or null.</summary>
    public static int? LayerBehind(string pattern, string name) =>
        Match($@"\A.*\.{pattern}\.(?<layer_number>[0-9]{{1,9}})\.", name, pattern) is { Success: true } found ? int.Parse(found.Groups["layer_number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>What is wrong with a pattern by itself; null where nothing is.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            IsWhole(pattern, "");
            return null;
        }
        catch (AdapterException broken)
        {
            return broken.Message;
        }
    }

    private static bool Matches(string anchored, string name, string pattern) => Match(anchored, name, pattern).Success;

    private static Match Match(string anchored, string name, string pattern)
    {
        try
        {
            return Regex.Match(name, FromPython(anchored), RegexOptions.CultureInvariant, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new AdapterException($"the pattern '{Short(pattern)}' takes longer than {Patience.TotalMilliseconds:0} ms on one module name; use a simpler one");
        }
        catch (ArgumentException broken)
        {
            throw new AdapterException($"the pattern '{Short(pattern)}' is no regular expression: {broken.Message}");
        }
    }

    // What Python spells otherwise: named groups, and the end of the text.
    private static string FromPython(string pattern) => pattern.Contains('\\', StringComparison.Ordinal) || pattern.Contains("(?P", StringComparison.Ordinal)
        ? NamedGroup().Replace(pattern, found => found.Groups["back"].Success ? $@"\k<{found.Groups["back"].Value}>" : found.Groups["open"].Success ? "(?<" : found.Value == @"\Z" ? @"\z" : found.Value)
        : pattern;

    [GeneratedRegex(@"\\\\|\\Z|\(\?P=(?<back>\w+)\)|(?<open>\(\?P<)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup();

    private static string Short(string pattern) => pattern.Length <= 80 ? pattern : pattern[..80] + "...";
}
