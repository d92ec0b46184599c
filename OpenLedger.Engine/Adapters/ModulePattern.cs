using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Adapters;

/// <summary>Matches module names as PEFT does, by a stranger's regular expression: anchored, and stopped when it takes too long.</summary>
internal static class ModulePattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>PEFT's <c>re.fullmatch(pattern, name)</c>.</summary>
    public static bool IsWhole(string pattern, string name) => Matches($@"\A(?:{pattern})\z", name, pattern);

    /// <summary>PEFT's rule for the keys of rank and alpha patterns: the key matches the name or a tail of it after a dot.</summary>
    public static bool IsTail(string pattern, string name) => Matches($@"\A(?:.*\.)?(?:{pattern})\z", name, pattern);

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

    private static bool Matches(string anchored, string name, string pattern)
    {
        try
        {
            return Regex.IsMatch(name, anchored, RegexOptions.CultureInvariant, Patience);
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

    private static string Short(string pattern) => pattern.Length <= 80 ? pattern : pattern[..80] + "...";
}
