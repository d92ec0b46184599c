namespace OpenLedger.Engine.Tokenization;

/// <summary>Reads a bracketed class of Oniguruma's dialect: members, ranges, classes within (a union) and intersections (<c>&amp;&amp;</c>). Knows nothing of what stands around it.</summary>
internal sealed class OnigurumaClass(string source, bool caseless)
{
    private const int Deepest = 100, MostIntersections = 100; // a stranger's file may nest without end, and each level takes stack

    /// <summary>The set of the class that opens at <paramref name="at"/>, and moves behind it.</summary>
    /// <exception cref="TokenizerException">Not closed, or with parts that are not supported.</exception>
    public CharacterSet Take(ref int at) => Take(ref at, 1);

    private CharacterSet Take(ref int at, int depth)
    {
        if (depth > Deepest) throw OnigurumaEscape.Unsupported(source, at, "classes nested too deep");
        int open = at++;
        bool negated = at < source.Length && source[at] == '^';
        if (negated) at++;
        List<List<CharacterSet>> sides = [[]];
        bool first = true; // a bracket that comes first is a member
        for (; at >= source.Length || source[at] != ']' || first; first = false)
        {
            if (at >= source.Length) throw OnigurumaEscape.Unsupported(source, open, "an open class");
            if (source.AsSpan(at).StartsWith("&&"))
            {
                if (sides.Count > MostIntersections) throw OnigurumaEscape.Unsupported(source, at, "too many intersections");
                sides.Add([]);
                at += 2;
                continue;
            }
            sides[^1].Add(TakeMember(ref at, depth));
        }
        at++;
        CharacterSet set = sides.Select(CharacterSet.Union).Aggregate((left, right) => left.Intersect(right));
        return negated ? set.Negate() : set;
    }

    private CharacterSet TakeMember(ref int at, int depth)
    {
        if (source.AsSpan(at).StartsWith("[:")) return TakePosix(ref at);
        if (source[at] == '[') return Take(ref at, depth + 1);
        if (source[at] == '\\' && at + 1 < source.Length && OnigurumaEscape.TakeSet(source, ref at, inClass: true) is CharacterSet set) return set;
        int from = TakeCodePoint(ref at), to = from;
        if (at + 1 < source.Length && source[at] == '-' && source[at + 1] != ']')
        {
            int dash = at++;
            if (source[at] == '[' || (source[at] == '\\' && at + 1 < source.Length && source[at + 1] is 'p' or 'P' or 's' or 'S' or 'd' or 'D' or 'w' or 'W' or 'h' or 'H')) at = dash; // the dash is a member
            else to = TakeCodePoint(ref at);
            if (to < from) throw OnigurumaEscape.Unsupported(source, dash, "a range that runs backwards");
        }
        return WithPartners(from, to);
    }

    private CharacterSet TakePosix(ref int at)
    {
        int end = source.IndexOf(":]", at, StringComparison.Ordinal);
        string name = end < 0 ? "" : source[(at + 2)..end];
        bool negated = name.StartsWith('^');
        CharacterSet set = UnicodeProperty.FindPosix(name.TrimStart('^')) ?? throw OnigurumaEscape.Unsupported(source, at, $"the class '[:{name}:]'");
        at = end + 2;
        return negated ? set.Negate() : set;
    }

    private int TakeCodePoint(ref int at)
    {
        if (source[at] == '\\')
        {
            if (at + 1 >= source.Length) throw OnigurumaEscape.Unsupported(source, at, "a backslash at the end");
            if (source[at + 1] == 'b') { at += 2; return '\b'; }
            return OnigurumaEscape.TakeCodePoint(source, ref at) ?? throw OnigurumaEscape.Unsupported(source, at, $"the escape '\\{source[at + 1]}'");
        }
        int point = char.IsSurrogatePair(source, at) ? char.ConvertToUtf32(source, at) : source[at];
        at += point > char.MaxValue ? 2 : 1;
        return point;
    }

    // Simple case folding, where only Oniguruma knows the partner: the long s, the Kelvin sign.
    private CharacterSet WithPartners(int from, int to)
    {
        CharacterSet set = CharacterSet.Range(from, to);
        if (!caseless) return set;
        if (set.Contains('s') || set.Contains('S')) set = set.Union(CharacterSet.Of(0x17F));
        return set.Contains('k') || set.Contains('K') ? set.Union(CharacterSet.Of(0x212A)) : set;
    }
}
