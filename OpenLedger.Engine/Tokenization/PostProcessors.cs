namespace OpenLedger.Engine.Tokenization;

/// <summary>Puts tokens around one or two encoded texts; <paramref name="special"/> false means trimming only.</summary>
internal delegate List<List<Token>> PostProcessor(List<List<Token>> texts, bool special);

/// <summary>One part of a template: a token to put in (<paramref name="Tokens"/>) or a text to copy (<paramref name="Text"/>, 0 or 1).</summary>
internal readonly record struct TemplatePart(IReadOnlyList<(int Id, string Text)>? Tokens, int Text, int Type);

/// <summary>The post-processors of the tokenizers library, one a method. Knows nothing of files.</summary>
internal static class PostProcessors
{
    public static PostProcessor Sequence(IReadOnlyList<PostProcessor> steps) => (texts, special) => steps.Aggregate(texts, (current, step) => step(current, special));

    public static PostProcessor ByteLevel(bool trimOffsets, bool addPrefixSpace) => (texts, _) => trimOffsets ? texts.ConvertAll(text => Trim(text, addPrefixSpace)) : texts;

    public static PostProcessor Template(IReadOnlyList<TemplatePart> single, IReadOnlyList<TemplatePart> pair) => (texts, special) =>
    {
        List<List<Token>> output = [];
        foreach (TemplatePart part in texts.Count == 1 ? single : pair)
        {
            if (part.Tokens is null) output.Add(WithType(texts[part.Text], part.Type));
            else if (special) output.Add([.. part.Tokens.Select(token => Inserted(token, part.Type))]);
        }
        return output;
    };

    public static PostProcessor Bert((int Id, string Text) separator, (int Id, string Text) start) => (texts, special) =>
        !special ? texts
        : texts.Count == 1 ? [[Inserted(start, 0)], texts[0], [Inserted(separator, 0)]]
        : [[Inserted(start, 0)], texts[0], [Inserted(separator, 0)], WithType(texts[1], 1), [Inserted(separator, 1)]];

    public static PostProcessor Roberta((int Id, string Text) separator, (int Id, string Text) start, bool trimOffsets, bool addPrefixSpace) => (texts, special) =>
    {
        texts = texts.ConvertAll(text => WithType(trimOffsets ? Trim(text, addPrefixSpace) : text, 0));
        return !special ? texts
            : texts.Count == 1 ? [[Inserted(start, 0)], texts[0], [Inserted(separator, 0)]]
            : [[Inserted(start, 0)], texts[0], [Inserted(separator, 0), Inserted(separator, 0)], texts[1], [Inserted(separator, 0)]];
    };

    private static Token Inserted((int Id, string Text) token, int type) => new(token.Id, token.Text, default, type, null);

    private static List<Token> WithType(List<Token> text, int type) => text.ConvertAll(token => token with { Type = type });

    // White space at a token's ends is not part of its place, except a space that was only put in front.
    private static List<Token> Trim(List<Token> text, bool addPrefixSpace)
    {
        List<Token> output = new(text.Count);
        foreach (Token token in text)
        {
            (int start, int end) = (token.Source.Start, token.Source.End);
            int leading = token.Text.TakeWhile(IsSpace).Count(), trailing = token.Text.Reverse().TakeWhile(IsSpace).Count();
            bool first = output.Count == 0 || start == 0;
            if (leading > 0 && !(first && addPrefixSpace && leading == 1)) start = Math.Min(start + leading, end);
            if (trailing > 0 && end >= trailing) end = Math.Max(end - trailing, start);
            output.Add(token with { Source = new TextRange(start, end) });
        }
        return output;
    }

    private static bool IsSpace(char unit) => unit == ByteAlphabet.Space || char.IsWhiteSpace(unit);
}
