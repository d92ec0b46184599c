using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Lets .NET's UTF-16 regular expressions see a character above U+FFFF as one: it is matched as a stand-in from the private area, one for all
/// characters that the pattern's sets cannot tell apart. Safe to share between threads.
/// </summary>
internal sealed class AstralRegex(string source, TimeSpan patience)
{
    private const char FirstStandIn = '\uE000', LastStandIn = '\uE0FF';

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<int, char> _standIns = []; // by code point
    private readonly List<(bool[] Memberships, char StandIn)> _kinds = [];
    private IReadOnlyList<CharacterSet>? _sets;
    private Regex? _regex; // knows every stand-in given out so far

    public static bool IsNeededFor(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public List<TextRange> Find(ReadOnlySpan<char> text)
    {
        char[] shadow = new char[text.Length];
        int[] units = new int[text.Length + 1];
        int count = 0, unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units[count] = unit;
            shadow[count++] = rune.IsBmp && rune.Value is < FirstStandIn or > LastStandIn ? (char)rune.Value : StandInFor(rune.Value);
            unit += rune.Utf16SequenceLength;
        }
        units[count] = unit;
        List<TextRange> found = [];
        foreach (ValueMatch match in Build().EnumerateMatches(shadow.AsSpan(0, count)))
            found.Add(new TextRange(units[match.Index], units[match.Index + match.Length]));
        return found;
    }

    private char StandInFor(int point)
    {
        if (_standIns.TryGetValue(point, out char known)) return known;
        lock (_gate)
        {
            _sets ??= OnigurumaPattern.Translate(source, _ => []).Sets;
            bool[] memberships = [.. _sets.Select(set => set.Contains(point))];
            char standIn = _kinds.FirstOrDefault(kind => kind.Memberships.AsSpan().SequenceEqual(memberships)).StandIn;
            if (standIn == default)
            {
                if (_kinds.Count > LastStandIn - FirstStandIn) throw new TokenizerException($"the tokenizer's pattern '{source}' tells apart more kinds of characters than are supported");
                standIn = (char)(FirstStandIn + _kinds.Count);
                _kinds.Add((memberships, standIn));
                _regex = null;
            }
            return _standIns[point] = standIn;
        }
    }

    private Regex Build()
    {
        lock (_gate) return _regex ??= new Regex(OnigurumaPattern.Translate(source, set => [.. _kinds.Select(kind => (kind.StandIn, kind.Memberships[set]))]).Pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, patience);
    }
}
