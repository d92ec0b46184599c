using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>Cuts a template into tokens as Jinja2 does with <c>trim_blocks</c> and <c>lstrip_blocks</c>. Knows nothing of grammar.</summary>
internal sealed class JinjaLexer
{
    private static readonly string[] Operators = ["**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{", "}", "<", ">", "=", ".", ":", "|", ",", ";"];

    private readonly string _source;
    private readonly List<JinjaToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private bool _lineStarting = true; // the last token ended a line

    private JinjaLexer(string source)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        _source = source.EndsWith('\n') ? source[..^1] : source;
    }

    public static List<JinjaToken> Cut(string source)
    {
        JinjaLexer lexer = new(source);
        while (lexer._at < lexer._source.Length) lexer.TakeText();
        lexer.Add(JinjaTokenKind.End, "");
        return lexer._tokens;
    }

    private void TakeText()
    {
        int open = FindOpening(_at);
        if (open < 0) { AddText(_source[_at..]); MoveTo(_source.Length); return; }
        char kind = _source[open + 1];
        char sign = open + 2 < _source.Length && _source[open + 2] is '-' or '+' ? _source[open + 2] : ' ';
        AddText(StripBefore(_source[_at..open], sign, lstrips: kind != '{'));
        MoveTo(open);
        if (kind == '#') { SkipComment(open); return; }
        MoveTo(open + (sign == ' ' ? 2 : 3));
        if (kind == '%' && TryTakeRaw()) return;
        Add(kind == '{' ? JinjaTokenKind.PrintBegin : JinjaTokenKind.BlockBegin, "");
        TakeTag(kind == '{' ? "}}" : "%}");
    }

    private int FindOpening(int from)
    {
        for (int at = from; (at = _source.IndexOf('{', at)) >= 0 && at + 1 < _source.Length; at++)
            if (_source[at + 1] is '{' or '%' or '#') return at;
        return -1;
    }

    private string StripBefore(string text, char sign, bool lstrips)
    {
        if (sign == '-') return text.AsSpan().TrimEnd(PythonText.WhiteSpace).ToString();
        if (sign == '+' || !lstrips) return text;
        int line = text.LastIndexOf('\n') + 1;
        if (line == 0 && !_lineStarting) return text;
        return text.AsSpan(line).TrimStart(PythonText.WhiteSpace).IsEmpty ? text[..line] : text;
    }

    private void SkipComment(int open)
    {
        int close = _source.IndexOf("#}", open + 2, StringComparison.Ordinal);
        if (close < 0) throw Error("a comment is not closed");
        int text = _source[open + 2] is '-' or '+' ? open + 3 : open + 2; // in {#-#} the sign is the opening's
        char sign = close > text && _source[close - 1] is '-' or '+' ? _source[close - 1] : ' ';
        EndTag(close + 2, sign, trims: true);
    }

    private bool TryTakeRaw()
    {
        if (MatchWord(_at, "raw") is not int begin) return false;
        int text = SkipSpace(begin);
        bool strips = text < _source.Length && _source[text] == '-';
        if (strips) text++;
        if (!StartsWith(text, "%}")) return false;
        text += 2;
        if (strips) text = SkipSpace(text);
        for (int open = text; (open = _source.IndexOf("{%", open, StringComparison.Ordinal)) >= 0; open++)
        {
            char sign = open + 2 < _source.Length && _source[open + 2] is '-' or '+' ? _source[open + 2] : ' ';
            if (MatchWord(open + (sign == ' ' ? 2 : 3), "endraw") is not int end) continue;
            end = SkipSpace(end);
            char closing = end < _source.Length && _source[end] is '-' or '+' ? _source[end] : ' ';
            if (closing != ' ') end++;
            if (!StartsWith(end, "%}")) continue;
            _lineStarting = false;
            AddText(StripBefore(_source[text..open], sign, lstrips: true));
            EndTag(end + 2, closing, trims: true);
            return true;
        }
        throw Error("a raw block is not closed");
    }

    private int? MatchWord(int at, string word)
    {
        at = SkipSpace(at);
        bool matches = StartsWith(at, word) && (at + word.Length >= _source.Length || !IsNamePart(_source[at + word.Length]));
        return matches ? at + word.Length : null;
    }

    private void TakeTag(string closing)
    {
        Stack<char> brackets = new();
        while (true)
        {
            MoveTo(SkipSpace(_at));
            if (_at >= _source.Length) throw Error("a tag is not closed");
            if (brackets.Count == 0 && TryCloseTag(closing)) return;
            char c = _source[_at];
            if (c is '\'' or '"') TakeString(c);
            else if (char.IsAsciiDigit(c)) TakeNumber();
            else if (IsNamePart(c)) TakeName();
            else TakeOperator(brackets);
        }
    }

    private bool TryCloseTag(string closing)
    {
        char sign = _source[_at] is '-' or '+' && StartsWith(_at + 1, closing) ? _source[_at] : ' ';
        if (sign == '+' && closing == "}}") sign = ' ';
        int at = sign == ' ' ? _at : _at + 1;
        if (!StartsWith(at, closing)) return false;
        Add(closing == "}}" ? JinjaTokenKind.PrintEnd : JinjaTokenKind.BlockEnd, "");
        EndTag(at + 2, sign, trims: closing == "%}");
        return true;
    }

    private void EndTag(int at, char sign, bool trims)
    {
        int end = sign == '-' ? SkipSpace(at) : sign != '+' && trims && StartsWith(at, "\n") ? at + 1 : at;
        MoveTo(end);
        _lineStarting = _source[end - 1] == '\n';
    }

    private void TakeString(char quote)
    {
        int end = _at + 1;
        while (end < _source.Length && _source[end] != quote) end += _source[end] == '\\' ? 2 : 1;
        if (end >= _source.Length) throw Error("a string is not closed");
        Add(JinjaTokenKind.String, PythonText.Unescape(_source[(_at + 1)..end]));
        MoveTo(end + 1);
    }

    private void TakeNumber()
    {
        int end = _at;
        if (_source[_at] == '0' && _at + 1 < _source.Length && char.ToLowerInvariant(_source[_at + 1]) is 'x' or 'o' or 'b')
        {
            end += 2;
            while (end < _source.Length && (char.IsAsciiHexDigit(_source[end]) || _source[end] == '_')) end++;
            Add(JinjaTokenKind.Integer, _source[_at..end].Replace("_", "", StringComparison.Ordinal));
            MoveTo(end);
            return;
        }
        end = SkipDigits(end);
        bool isFloat = false;
        bool afterDot = _at > 0 && _source[_at - 1] == '.';
        if (!afterDot && end + 1 < _source.Length && _source[end] == '.' && char.IsAsciiDigit(_source[end + 1])) (end, isFloat) = (SkipDigits(end + 1), true);
        if (!afterDot && ExponentEnd(end) is int exponent) (end, isFloat) = (exponent, true);
        Add(isFloat ? JinjaTokenKind.Float : JinjaTokenKind.Integer, _source[_at..end].Replace("_", "", StringComparison.Ordinal));
        MoveTo(end);
    }

    private int SkipDigits(int at)
    {
        while (at < _source.Length && (char.IsAsciiDigit(_source[at]) || (_source[at] == '_' && at + 1 < _source.Length && char.IsAsciiDigit(_source[at + 1])))) at++;
        return at;
    }

    private int? ExponentEnd(int at)
    {
        if (at >= _source.Length || _source[at] is not ('e' or 'E')) return null;
        int digits = at + 1 < _source.Length && _source[at + 1] is '+' or '-' ? at + 2 : at + 1;
        return digits < _source.Length && char.IsAsciiDigit(_source[digits]) ? SkipDigits(digits) : null;
    }

    private void TakeName()
    {
        int end = _at;
        while (end < _source.Length && IsNamePart(_source[end])) end++;
        Add(JinjaTokenKind.Name, _source[_at..end]);
        MoveTo(end);
    }

    private void TakeOperator(Stack<char> brackets)
    {
        string sign = Array.Find(Operators, candidate => StartsWith(_at, candidate)) ?? throw Error($"the character '{_source[_at]}' has no meaning here");
        if (sign is "(" or "[" or "{") brackets.Push(sign[0]);
        else if (sign is ")" or "]" or "}" && (!brackets.TryPop(out char open) || (open, sign[0]) is not (('(', ')') or ('[', ']') or ('{', '}')))) throw Error($"'{sign}' closes nothing");
        Add(JinjaTokenKind.Operator, sign);
        MoveTo(_at + sign.Length);
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private bool StartsWith(int at, string text) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    private int SkipSpace(int at)
    {
        while (at < _source.Length && PythonText.IsWhiteSpace(_source[at])) at++;
        return at;
    }

    private void MoveTo(int at)
    {
        for (int i = _at; i < at; i++)
            if (_source[i] == '\n') _line++;
        _at = at;
    }

    private void AddText(string text)
    {
        if (text.Length > 0) Add(JinjaTokenKind.Text, text);
    }

    private void Add(JinjaTokenKind kind, string value) => _tokens.Add(new JinjaToken(kind, value, _line));

    private TemplateException Error(string what) => new($"template, line {_line}: {what}");
}
