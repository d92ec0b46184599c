using System.Text;

namespace OpenLedger.Engine.Tokenization;

/// <summary>Turns token texts back into readable ones; the result is joined without anything between.</summary>
internal delegate List<string> Decoder(List<string> tokens);

/// <summary>The decoders of the tokenizers library, one a method. Knows nothing of files.</summary>
internal static class Decoders
{
    public static Decoder Sequence(IReadOnlyList<Decoder> steps) => tokens => steps.Aggregate(tokens, (current, step) => step(current));

    /// <summary>GPT-2's stand-ins back to bytes, and those to text; broken UTF-8 becomes U+FFFD.</summary>
    public static List<string> ByteLevel(List<string> tokens)
    {
        List<byte> bytes = [];
        foreach (string token in tokens) ByteAlphabet.Read(token, bytes);
        return [Encoding.UTF8.GetString([.. bytes])];
    }

    /// <summary>Tokens like <c>&lt;0x0A&gt;</c> become their bytes; a run that is no UTF-8 becomes one U+FFFD a byte.</summary>
    public static List<string> ByteFallback(List<string> tokens)
    {
        List<string> output = [];
        List<byte> run = [];
        foreach (string token in tokens)
        {
            if (ByteOf(token) is byte value) { run.Add(value); continue; }
            FlushBytes(run, output);
            output.Add(token);
        }
        FlushBytes(run, output);
        return output;
    }

    public static List<string> Fuse(List<string> tokens) => [string.Concat(tokens)];

    public static Decoder Strip(char content, int start, int stop) => tokens => tokens.ConvertAll(token =>
    {
        int from = 0, to = token.Length;
        while (from < start && from < token.Length && token[from] == content) from++;
        while (token.Length - to < stop && to > 0 && token[to - 1] == content) to--;
        return from < to ? token[from..to] : "";
    });

    public static Decoder Replace(TextPattern pattern, string content) => tokens => tokens.ConvertAll(token => AlignedText.Of(token).Replace(pattern.Find(token), content).Value);

    /// <summary>The mark becomes a space, except in the first token where it was put in front.</summary>
    public static Decoder Metaspace(char mark, PrependScheme scheme) => tokens =>
    {
        List<string> output = new(tokens.Count);
        for (int i = 0; i < tokens.Count; i++)
            output.Add(tokens[i].Replace(mark.ToString(), i == 0 && scheme != PrependScheme.Never ? "" : " ", StringComparison.Ordinal));
        return output;
    };

    public static Decoder WordPiece(string prefix, bool cleanup) => tokens =>
    {
        List<string> output = new(tokens.Count);
        for (int i = 0; i < tokens.Count; i++)
        {
            string token = tokens[i];
            if (i > 0) token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
            output.Add(cleanup ? CleanUp(token) : token);
        }
        return output;
    };

    /// <summary>For vocabularies that mark a word's end with a suffix.</summary>
    public static Decoder EndOfWord(string suffix) => tokens =>
    {
        List<string> output = new(tokens.Count);
        for (int i = 0; i < tokens.Count; i++) output.Add(tokens[i].Replace(suffix, i == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal));
        return output;
    };

    private static byte? ByteOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>' && char.IsAsciiHexDigit(token[3]) && char.IsAsciiHexDigit(token[4])
            ? Convert.FromHexString(token.AsSpan(3, 2))[0] : null;

    private static void FlushBytes(List<byte> run, List<string> output)
    {
        if (run.Count == 0) return;
        byte[] bytes = [.. run];
        run.Clear();
        if (System.Text.Unicode.Utf8.IsValid(bytes)) output.Add(Encoding.UTF8.GetString(bytes));
        else output.AddRange(Enumerable.Repeat("\uFFFD", bytes.Length));
    }

    private static string CleanUp(string token) => token
        .Replace(" .", ".", StringComparison.Ordinal).Replace(" ?", "?", StringComparison.Ordinal).Replace(" !", "!", StringComparison.Ordinal)
        .Replace(" ,", ",", StringComparison.Ordinal).Replace(" ' ", "'", StringComparison.Ordinal).Replace(" n't", "n't", StringComparison.Ordinal)
        .Replace(" 'm", "'m", StringComparison.Ordinal).Replace(" do not", " don't", StringComparison.Ordinal).Replace(" 's", "'s", StringComparison.Ordinal)
        .Replace(" 've", "'ve", StringComparison.Ordinal).Replace(" 're", "'re", StringComparison.Ordinal);
}
