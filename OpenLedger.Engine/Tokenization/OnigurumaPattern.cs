using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tokenization;

/// <summary>
/// Translates a regular expression from Oniguruma's Ruby dialect into .NET's: classes within classes, possessive quantifiers,
/// line anchors, and letters whose case partner only one of the two knows (U+017F, U+212A). What it does not know it refuses.
/// </summary>
internal sealed class OnigurumaPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly System.Buffers.SearchValues<char> Counts = System.Buffers.SearchValues.Create("0123456789,");

    private readonly string _source;
    private readonly StringBuilder _output = new();
    private readonly Stack<bool> _caseless = new([false]);
    private readonly Stack<int> _groups = new();
    private int _at;
    private int _atom; // where the last atom starts in the output
    private bool _inClass;

    private OnigurumaPattern(string source) => _source = source;

    /// <summary>A compiled .NET expression that matches the same text.</summary>
    /// <exception cref="TokenizerException">Not understood, or not supported.</exception>
    public static Regex Compile(string source)
    {
        try
        {
            return new Regex(new OnigurumaPattern(source).Translate(), RegexOptions.Compiled | RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException broken)
        {
            throw new TokenizerException($"the tokenizer's pattern '{source}' is not understood: {broken.Message}", broken);
        }
    }

    private string Translate()
    {
        while (_at < _source.Length) TranslateNext();
        return _output.ToString();
    }

    private void TranslateNext()
    {
        char c = _source[_at];
        switch (c)
        {
            case '\\': Atom(TakeEscape(inClass: false)); break;
            case '[': Atom(TakeClass()); break;
            case '(': OpenGroup(); break;
            case ')': CloseGroup(); break;
            case '*' or '+' or '?' or '{': TakeQuantifier(); break;
            case '^': _at++; Atom("(?m:^)"); break;
            case '$': _at++; Atom("(?=\\n|\\z)"); break;
            case '|': _at++; _output.Append('|'); break;
            default: _at++; Atom(Letter(c)); break;
        }
    }

    private void Atom(string text)
    {
        _atom = _output.Length;
        _output.Append(text);
    }

    // Simple case folding: s, S and the long s; k, K and the Kelvin sign.
    private string Letter(char c) => (_caseless.Peek(), c) switch
    {
        (true, 's' or 'S') => "[sS\u017F]",
        (true, 'k' or 'K') => "[kK\u212A]",
        _ => Regex.Escape(c.ToString()),
    };

    private void OpenGroup()
    {
        _groups.Push(_output.Length);
        bool caseless = _caseless.Peek();
        _at++;
        _output.Append('(');
        if (_at < _source.Length && _source[_at] == '?')
        {
            int end = _source.AsSpan(_at).IndexOfAny(":=!>)") is int length and >= 0 ? _at + length : throw Unsupported("an open group");
            string head = _source[_at..(end + 1)];
            caseless = head switch
            {
                "?:" or "?=" or "?!" or "?>" or "?<=" or "?<!" => caseless,
                "?i:" => true,
                "?-i:" => false,
                "?i)" => throw Unsupported("a switch in the middle of a group"),
                _ => throw Unsupported($"the group '({head}'"),
            };
            _output.Append(head);
            _at = end + 1;
        }
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
        _output.Append(_source, start, _at - start);
        if (possessive) { _output.Insert(_atom, "(?>").Append(')'); _at++; }
        else if (_at < _source.Length && _source[_at] == '?') { _output.Append('?'); _at++; }
    }

    private string TakeEscape(bool inClass)
    {
        if (_at + 1 >= _source.Length) throw Unsupported("a backslash at the end");
        char c = _source[_at + 1];
        _at += 2;
        return c switch
        {
            'p' or 'P' => TakeProperty(c),
            'h' => inClass ? "0-9a-fA-F" : "[0-9a-fA-F]",
            'x' => TakeHex(),
            'A' or 'b' or 'B' or 'z' or 'Z' or 'G' or 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'n' or 'r' or 't' or 'f' or 'v' or 'a' or 'e' or '0' => $"\\{c}",
            'u' => TakeUnicode(),
            _ => char.IsAsciiLetterOrDigit(c) ? throw Unsupported($"the escape '\\{c}'") : $"\\{c}",
        };
    }

    private string TakeProperty(char letter)
    {
        int end = _at < _source.Length && _source[_at] == '{' ? _source.IndexOf('}', _at) : -1;
        if (end < 0) throw Unsupported("a property without braces");
        string name = _source[(_at + 1)..end];
        _at = end + 1;
        if (name.StartsWith('^')) (name, letter) = (name[1..], letter == 'p' ? 'P' : 'p');
        return name switch
        {
            "L" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "M" or "Mn" or "Mc" or "Me" or "N" or "Nd" or "Nl" or "No" or "P" or "Pc" or "Pd" or "Ps" or "Pe" or "Pi" or "Pf" or "Po"
                or "S" or "Sm" or "Sc" or "Sk" or "So" or "Z" or "Zs" or "Zl" or "Zp" or "C" or "Cc" or "Cf" or "Co" or "Cn" => $"\\{letter}{{{name}}}",
            "Letter" => $"\\{letter}{{L}}",
            "Number" => $"\\{letter}{{N}}",
            "Punct" or "Punctuation" => $"\\{letter}{{P}}",
            "Han" or "Script=Han" when letter == 'p' => Members("\\u2E80-\\u2E99\\u2E9B-\\u2EF3\\u2F00-\\u2FD5\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303B\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFA6D\\uFA70-\\uFAD9"),
            _ => throw Unsupported($"the property '{name}'"),
        };
    }

    private string Members(string members) => _inClass ? members : $"[{members}]";

    private string TakeHex()
    {
        if (_at < _source.Length && _source[_at] == '{')
        {
            int end = _source.IndexOf('}', _at);
            string digits = end < 0 ? throw Unsupported("an open \\x{") : _source[(_at + 1)..end];
            _at = end + 1;
            return int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int value) && value <= 0xFFFF ? $"\\u{value:X4}" : throw Unsupported($"the character \\x{{{digits}}}");
        }
        if (_at + 2 > _source.Length) throw Unsupported("a short \\x");
        _at += 2;
        return $"\\x{_source[(_at - 2).._at]}";
    }

    private string TakeUnicode()
    {
        if (_at + 4 > _source.Length) throw Unsupported("a short \\u");
        _at += 4;
        return $"\\u{_source[(_at - 4).._at]}";
    }

    private string TakeClass()
    {
        _inClass = true;
        bool negated = false;
        string members = ClassMembers(ref negated);
        _inClass = false;
        return negated ? $"[^{members}]" : $"[{members}]";
    }

    // A class within a class is a union in Oniguruma: its members simply join, unless it is negated.
    private string ClassMembers(ref bool negated)
    {
        StringBuilder members = new();
        _at++;
        if (_source[_at] == '^') { negated = true; _at++; }
        while (_at < _source.Length && _source[_at] != ']')
        {
            char c = _source[_at];
            if (c == '[' && _at + 1 < _source.Length && _source[_at + 1] == ':') throw Unsupported("a POSIX bracket");
            if (c == '&' && _at + 1 < _source.Length && _source[_at + 1] == '&') throw Unsupported("an intersection of classes");
            if (c == '[')
            {
                bool inner = false;
                members.Append(ClassMembers(ref inner));
                if (inner) throw Unsupported("a negated class within a class");
                continue;
            }
            if (c == '\\') { members.Append(TakeEscape(inClass: true)); continue; }
            members.Append(Member(c));
            _at++;
        }
        if (_at >= _source.Length) throw Unsupported("an open class");
        _at++;
        return members.ToString();
    }

    private string Member(char c) => (_caseless.Peek(), c) switch
    {
        (true, 's' or 'S') => "sS\u017F",
        (true, 'k' or 'K') => "kK\u212A",
        _ => c.ToString(),
    };

    private TokenizerException Unsupported(string what) => new($"the tokenizer's pattern '{_source}' has {what} at position {_at}, which is not supported");
}
