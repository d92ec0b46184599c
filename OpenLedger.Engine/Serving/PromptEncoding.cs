using System.Text.RegularExpressions;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>Encodes a rendered chat so that special tokens come from the template alone. Knows nothing of any one template.</summary>
internal static class PromptEncoding
{
    private const char Seam = '\uFDD0'; // a noncharacter: it never stands in a text

    public static int[] Encode(Tokenizer tokenizer, Func<IReadOnlyList<ChatTurn>, string> render, IReadOnlyList<ChatTurn> turns)
    {
        // A seam within each special token that someone wrote keeps the tokenizer from seeing it whole; most prompts have none and stay in one piece.
        string prompt = render([.. turns.Select(turn => turn with { Content = Break(tokenizer, turn.Content) })]);
        return [.. prompt.Split(Seam).SelectMany(part => tokenizer.Encode(part))];
    }

    // Within a longer word such a token is never seen, and a seam would only change how the word is cut.
    private static string BreakWord(string token, string content) => Regex.Replace(content, $@"(?<!\w){Regex.Escape(token)}(?!\w)", _ => token[..1] + Seam + token[1..]);

    private static string Break(Tokenizer tokenizer, string content)
    {
        content = content.Replace(Seam.ToString(), "", StringComparison.Ordinal);
        foreach (AddedToken token in tokenizer.AddedTokens)
            if (token.Special && token.Content.Length > 1 && content.Contains(token.Content, StringComparison.Ordinal))
                content = token.SingleWord ? BreakWord(token.Content, content) : content.Replace(token.Content, token.Content[..1] + Seam + token.Content[1..], StringComparison.Ordinal);
        return content;
    }
}
