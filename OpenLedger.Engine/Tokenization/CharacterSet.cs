using System.Globalization;
using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// The characters that one place of a regular expression accepts: as members of a .NET class for the first plane, and as a rule for any code point.
/// Knows nothing of patterns.
/// </summary>
/// <param name="Members">What stands between the brackets of a .NET class.</param>
/// <param name="IsNegated">Whether the class is all but the members.</param>
/// <param name="Holds">Whether a code point is a member.</param>
internal sealed record CharacterSet(string Members, bool IsNegated, Func<int, bool> Holds)
{
    /// <summary>Whether the set accepts a code point.</summary>
    public bool Contains(int codePoint) => Holds(codePoint) != IsNegated;

    public CharacterSet Negate() => this with { IsNegated = !IsNegated };

    public static CharacterSet Of(int codePoint) => Range(codePoint, codePoint);

    public static CharacterSet Range(int first, int last) => new(Text(first, last), false, point => point >= first && point <= last);

    public static CharacterSet Ranges(IReadOnlyList<(int First, int Last)> ranges) =>
        new(string.Concat(ranges.Select(range => Text(range.First, range.Last))), false, point => ranges.Any(range => point >= range.First && point <= range.Last));

    public static CharacterSet Categories(string members, params UnicodeCategory[] categories)
    {
        int mask = categories.Aggregate(0, (bits, category) => bits | (1 << (int)category));
        return new CharacterSet(members, false, point => (mask >> (int)CharUnicodeInfo.GetUnicodeCategory(point) & 1) == 1);
    }

    /// <summary>All that either accepts.</summary>
    public CharacterSet Union(CharacterSet other) => Union([this, other]);

    /// <summary>All that any of them accepts; asking about a character goes no deeper for many sets than for two.</summary>
    public static CharacterSet Union(IReadOnlyList<CharacterSet> sets) => sets.All(set => !set.IsNegated)
        ? new CharacterSet(string.Concat(sets.Select(set => set.Members)), false, point => sets.Any(set => set.Holds(point)))
        : Where(point => sets.Any(set => set.Contains(point)));

    /// <summary>All that both accept.</summary>
    public CharacterSet Intersect(CharacterSet other) => Where(point => Contains(point) && other.Contains(point));

    /// <summary>The class as .NET writes it; stand-ins are single characters of the private area, each with whether it belongs.</summary>
    public string Write(IReadOnlyList<(char StandIn, bool Belongs)> standIns)
    {
        bool matchesPrivate = Contains('\uE000');
        string odd = string.Concat(standIns.Where(standIn => standIn.Belongs != matchesPrivate).Select(standIn => Escape(standIn.StandIn)));
        if (odd.Length == 0) return Class(Members);
        if (matchesPrivate) return Members.Length == 0 ? $"[^{odd}]" : $"{Bracketed(Members)[..^1]}-[{odd}]]";
        return IsNegated ? $"(?:{Class(Members)}|[{odd}])" : $"[{Members}{odd}]";
    }

    private string Class(string members) => members.Length == 0 ? IsNegated ? "[\\s\\S]" : "(?!)" : Bracketed(members);

    private string Bracketed(string members) => IsNegated ? $"[^{members}]" : $"[{members}]";

    // Written out from the rule, where .NET has no words for it.
    private static CharacterSet Where(Func<int, bool> holds)
    {
        StringBuilder members = new();
        for (int first = 0; first <= char.MaxValue; first++)
        {
            if (!holds(first)) continue;
            int last = first;
            while (last < char.MaxValue && holds(last + 1)) last++;
            members.Append(Text(first, last));
            first = last;
        }
        return new CharacterSet(members.ToString(), false, holds);
    }

    private static string Text(int first, int last)
    {
        if (first > char.MaxValue) return ""; // a text with characters from further planes is matched through stand-ins
        last = Math.Min(last, char.MaxValue);
        return first == last ? Escape((char)first) : $"{Escape((char)first)}-{Escape((char)last)}";
    }

    private static string Escape(char unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
}
