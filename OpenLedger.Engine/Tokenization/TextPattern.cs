using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Something to find in a text: a literal, a regular expression or a class of characters. Knows nothing of splitting.</summary>
internal abstract class TextPattern
{
    /// <summary>The matches from left to right, as ranges of UTF-16 units; in an empty text there are none.</summary>
    public List<TextRange> Find(ReadOnlySpan<char> text) => text.IsEmpty ? [] : FindIn(text);

    protected abstract List<TextRange> FindIn(ReadOnlySpan<char> text);

    public static TextPattern Literal(string literal) => new LiteralPattern(literal);

    /// <summary>Oniguruma's dialect, as the tokenizers library uses it.</summary>
    /// <exception cref="TokenizerException">The expression is not understood, or uses something that is not supported.</exception>
    public static TextPattern Expression(string oniguruma) => new RegexPattern(oniguruma);

    /// <summary>Each character of a class is a match of its own.</summary>
    public static TextPattern Class(Func<Rune, bool> isMember) => new ClassPattern(isMember);

    private sealed class LiteralPattern(string literal) : TextPattern
    {
        protected override List<TextRange> FindIn(ReadOnlySpan<char> text)
        {
            if (literal.Length == 0) return Borders(text);
            List<TextRange> found = [];
            int from = 0;
            while (text[from..].IndexOf(literal, StringComparison.Ordinal) is int at and >= 0)
            {
                found.Add(new TextRange(from + at, from + at + literal.Length));
                from += at + literal.Length;
            }
            return found;
        }
    }

    // Nothing is found before each character and at the end, as by an empty expression.
    private static List<TextRange> Borders(ReadOnlySpan<char> text)
    {
        List<TextRange> found = [default];
        int unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            unit += rune.Utf16SequenceLength;
            found.Add(new TextRange(unit, unit));
        }
        return found;
    }

    private sealed class RegexPattern : TextPattern
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        private readonly string _source;
        private readonly Regex _regex;
        private readonly AstralRegex _astral;

        public RegexPattern(string source)
        {
            try
            {
                _regex = new Regex(OnigurumaPattern.Translate(source, _ => []).Pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, Patience);
            }
            catch (ArgumentException broken)
            {
                throw new TokenizerException($"the tokenizer's pattern '{source}' is not understood: {broken.Message}", broken);
            }
            (_source, _astral) = (source, new AstralRegex(source, Patience));
        }

        protected override List<TextRange> FindIn(ReadOnlySpan<char> text)
        {
            List<TextRange> found = [];
            try
            {
                if (AstralRegex.IsNeededFor(text)) return Apart(_astral.Find(text));
                foreach (ValueMatch match in _regex.EnumerateMatches(text)) found.Add(new TextRange(match.Index, match.Index + match.Length));
            }
            catch (RegexMatchTimeoutException slow)
            {
                throw new TokenizerException($"the tokenizer's pattern '{_source}' took longer than {slow.MatchTimeout.TotalSeconds:0} s on {text.Length} characters", slow);
            }
            return Apart(found);
        }

        // An empty match right behind another is none (onig's FindMatches); .NET gives it.
        private static List<TextRange> Apart(List<TextRange> found)
        {
            int end = -1;
            found.RemoveAll(match =>
            {
                bool behind = match.Length == 0 && match.Start == end;
                end = match.End;
                return behind;
            });
            return found;
        }
    }

    private sealed class ClassPattern(Func<Rune, bool> isMember) : TextPattern
    {
        protected override List<TextRange> FindIn(ReadOnlySpan<char> text)
        {
            List<TextRange> found = [];
            int unit = 0;
            foreach (Rune rune in text.EnumerateRunes())
            {
                if (isMember(rune)) found.Add(new TextRange(unit, unit + rune.Utf16SequenceLength));
                unit += rune.Utf16SequenceLength;
            }
            return found;
        }
    }
}
