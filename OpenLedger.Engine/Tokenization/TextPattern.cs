using System.Text;
using System.Text.RegularExpressions;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Something to find in a text: a literal, a regular expression or a class of characters. Knows nothing of splitting.</summary>
internal abstract class TextPattern
{
    /// <summary>The matches from left to right, as ranges of UTF-16 units.</summary>
    public abstract List<TextRange> Find(ReadOnlySpan<char> text);

    public static TextPattern Literal(string literal) => new LiteralPattern(literal);

    /// <summary>Oniguruma's dialect, as the tokenizers library uses it.</summary>
    /// <exception cref="TokenizerException">The expression uses something that is not supported.</exception>
    public static TextPattern Expression(string oniguruma) => new RegexPattern(OnigurumaPattern.Compile(oniguruma));

    public static TextPattern Compiled(Regex regex) => new RegexPattern(regex);

    /// <summary>Each character of a class is a match of its own.</summary>
    public static TextPattern Class(Func<Rune, bool> isMember) => new ClassPattern(isMember);

    private sealed class LiteralPattern(string literal) : TextPattern
    {
        public override List<TextRange> Find(ReadOnlySpan<char> text)
        {
            List<TextRange> found = [];
            if (literal.Length == 0) return found;
            int from = 0;
            while (text[from..].IndexOf(literal, StringComparison.Ordinal) is int at and >= 0)
            {
                found.Add(new TextRange(from + at, from + at + literal.Length));
                from += at + literal.Length;
            }
            return found;
        }
    }

    private sealed class RegexPattern(Regex regex) : TextPattern
    {
        public override List<TextRange> Find(ReadOnlySpan<char> text)
        {
            List<TextRange> found = [];
            try
            {
                if (AstralShadow.IsNeededFor(text)) return AstralShadow.Find(regex, text);
                foreach (ValueMatch match in regex.EnumerateMatches(text)) found.Add(new TextRange(match.Index, match.Index + match.Length));
            }
            catch (RegexMatchTimeoutException slow)
            {
                throw new TokenizerException($"the tokenizer's pattern '{regex}' took longer than {slow.MatchTimeout.TotalSeconds:0} s on {text.Length} characters", slow);
            }
            return found;
        }
    }

    private sealed class ClassPattern(Func<Rune, bool> isMember) : TextPattern
    {
        public override List<TextRange> Find(ReadOnlySpan<char> text)
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
