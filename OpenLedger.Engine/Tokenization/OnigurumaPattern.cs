using System.Globalization;
using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Translates a regular expression from Oniguruma's Ruby dialect into .NET's: classes within classes and their intersections, possessive quantifiers,
/// line anchors, and letters whose case partner only one of the two knows (U+017F, U+212A). What it does not know it refuses.
/// </summary>
internal sealed class OnigurumaPattern
{
    private static readonly System.Buffers.SearchValues<char> Counts = System.Buffers.SearchValues.Create("0123456789,");

    private const int DeepestGroup = 100;

    private readonly string _source;
    private readonly Func<int, IReadOnlyList<(char, bool)>> _standIns;
    private readonly StringBuilder _output = new();
    private readonly Stack<bool> _caseless = new([false]);
    private readonly Stack<int> _groups = new();
    private readonly List<CharacterSet> _sets = [];
    private int _at;
    private int _atom; // where the last atom starts in the output

    private OnigurumaPattern(string source, Func<int, IReadOnlyList<(char, bool)>> standIns) => (_source, _standIns) = (source, standIns);

    /// <summary>The .NET expression, and the sets it is made of in their order.</summary>
    /// <param name="source">The expression in Oniguruma's dialect.</param>
    /// <param name="standIns">For the set of a number, the stand-ins for characters beyond U+FFFF and whether each belongs.</param>
    /// <exception cref="TokenizerException">Not supported.</exception>
    public static (string Pattern, IReadOnlyList<CharacterSet> Sets) Translate(string source, Func<int, IReadOnlyList<(char StandIn, bool Belongs)>> standIns)
    {
        OnigurumaPattern translation = new(source, standIns);
        while (translation._at < source.Length) translation.TranslateNext();
        return (translation._output.ToString(), translation._sets);
    }

    private void TranslateNext()
    {
        char c = _source[_at];
        switch (c)
        {
            case '\\': TakeEscape(); break;
            case '[': Atom(Write(new OnigurumaClass(_source, _caseless.Peek()).Take(ref _at))); break;
            case '(': OpenGroup(); break;
            case ')': CloseGroup(); break;
            case '*' or '+' or '?' or '{': TakeQuantifier(); break;
            case '^': _at++; Atom("(?m:^)"); break;
            case '$': _at++; Atom("(?=\\n|\\z)"); break;
            case '.': _at++; Atom(Write(CharacterSet.Of('\n').Negate())); break;
            case '|': _at++; _output.Append('|'); break;
            default: TakeLetter(); break;
        }
    }

    private void Atom(string text)
    {
        _atom = _output.Length;
        _output.Append(text);
    }

    private string Write(CharacterSet set)
    {
        _sets.Add(set);
        return set.Write(_standIns(_sets.Count - 1));
    }

    private void TakeLetter()
    {
        bool pair = _at + 1 < _source.Length && char.IsSurrogatePair(_source[_at], _source[_at + 1]);
        Atom(pair ? Write(CharacterSet.Of(char.ConvertToUtf32(_source[_at], _source[_at + 1]))) : Letter(_source[_at]));
        _at += pair ? 2 : 1;
    }

    // Simple case folding: s, S and the long s; k, K and the Kelvin sign.
    private string Letter(char c) => (_caseless.Peek(), c) switch
    {
        (true, 's' or 'S') => "[sS\u017F]",
        (true, 'k' or 'K') => "[kK\u212A]",
        _ => System.Text.RegularExpressions.Regex.Escape(c.ToString()),
    };

    private void OpenGroup()
    {
        if (_groups.Count == DeepestGroup) throw Unsupported("groups nested too deep");
        _groups.Push(_output.Length);
        bool caseless = _caseless.Peek();
        _at++;
        string head = "";
        if (_at < _source.Length && _source[_at] == '?')
        {
            int end = _source.AsSpan(_at).IndexOfAny(":=!>)") is int length and >= 0 ? _at + length : throw Unsupported("an open group");
            head = _source[_at..(end + 1)];
            caseless = head switch
            {
                "?:" or "?=" or "?!" or "?>" or "?<=" or "?<!" => caseless,
                "?i:" => true,
                "?-i:" => false,
                "?i)" => throw Unsupported("a switch in the middle of a group"),
                _ => throw Unsupported($"the group '({head}'"),
            };
            _at = end + 1;
        }
        _output.Append('(').Append(head);
        _caseless.Push(caseless);
    }

    private void CloseGroup()
    {
        if (_groups.Count == 0) throw Unsupported("a bracket that closes nothing");
        _caseless.Pop();
        _atom = _groups.Pop();
        _output.Append(')');
        _at++;
    }

    private void TakeQuantifier()
    {
        int start = _at;
        bool braces = _source[_at] == '{';
        if (braces)
        {
            int end = _source.IndexOf('}', _at);
            if (end < 0 || _source.AsSpan(_at + 1, end - _at - 1).IndexOfAnyExcept(Counts) >= 0) { _at++; Atom("\\{"); return; }
            _at = end + 1;
        }
        else _at++;
        bool possessive = !braces && _at < _source.Length && _source[_at] == '+';
        string count = _source[start.._at];
        _output.Append(count.StartsWith("{,", StringComparison.Ordinal) ? "{0" + count[1..] : count);
        if (possessive) { _output.Insert(_atom, "(?>").Append(')'); _at++; }
        else if (_at < _source.Length && _source[_at] == '?') { _output.Append('?'); _at++; }
    }

    private void TakeEscape()
    {
        if (_at + 1 >= _source.Length) throw Unsupported("a backslash at the end");
        char c = _source[_at + 1];
        if (OnigurumaEscape.TakeSet(_source, ref _at, inClass: false) is CharacterSet set) { Atom(Write(set)); return; }
        if (OnigurumaEscape.TakeCodePoint(_source, ref _at) is int point) { Atom(point <= char.MaxValue ? Letter((char)point) : Write(CharacterSet.Of(point))); return; }
        _at += 2;
        Atom(c switch
        {
            'A' or 'z' or 'Z' or 'G' => $"\\{c}",
            'b' => Border("(?:(?<={0})(?!{0})|(?<!{0})(?={0}))"),
            'B' => Border("(?:(?<={0})(?={0})|(?<!{0})(?!{0}))"),
            'R' => "(?>\\r\\n|[\\n-\\r\\u0085\\u2028\\u2029])",
            >= '1' and <= '9' when _at >= _source.Length || !char.IsAsciiDigit(_source[_at]) => $"(?:\\{c})",
            _ => throw Unsupported($"the escape '\\{c}'"),
        });
    }

    private string Border(string pattern) => pattern.Replace("{0}", Write(UnicodeProperty.OnigurumaWord), StringComparison.Ordinal);

    private TokenizerException Unsupported(string what) => OnigurumaEscape.Unsupported(_source, _at, what);
}
