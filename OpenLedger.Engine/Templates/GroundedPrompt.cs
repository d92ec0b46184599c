using System.Globalization;
using System.Text;

namespace OpenLedger.Engine.Templates;

/// <summary>
/// The one text in which a model is asked to answer from passages. Training builds its rows with it and serving its prompts, so that a tuned
/// adapter meets in the chat what it saw in training. Knows nothing of how passages were found.
/// </summary>
public static class GroundedPrompt
{
    /// <summary>The system text.</summary>
    public const string System = "Answer the question with sentences from the passages. If no passage answers it, say: The rows do not say.";

    /// <summary>What a model says when no passage answers the question.</summary>
    public const string Refusal = "The rows do not say.";

    /// <summary>How many passages a prompt carries unless told otherwise: two keep the first token under a second on two cores.</summary>
    public const int UsualPassages = 2;

    /// <summary>Longest passage in a prompt, in characters (about 140 tokens of English).</summary>
    public const int LongestPassage = 600;

    /// <summary>The system turn and the user turn that carries passages, numbered from 1, and question.</summary>
    public static IReadOnlyList<ChatTurn> Turns(string question, IReadOnlyList<string> passages) =>
        [new ChatTurn(ChatTurn.System, System), new ChatTurn(ChatTurn.User, UserText(question, passages))];

    /// <summary>The user turn's text.</summary>
    public static string UserText(string question, IReadOnlyList<string> passages)
    {
        StringBuilder text = new();
        for (int i = 0; i < passages.Count; i++) text.Append(CultureInfo.InvariantCulture, $"[{i + 1}] {Shorten(passages[i])}\n");
        return text.Append(CultureInfo.InvariantCulture, $"\nQuestion: {question.Trim()}").ToString();
    }

    /// <summary>A passage as the prompt shows it: one line, cut after the last sentence (or word) that fits.</summary>
    public static string Shorten(string passage)
    {
        string line = string.Join(' ', passage.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestPassage) return line;
        string head = line[..LongestPassage];
        int sentence = head.LastIndexOf(". ", StringComparison.Ordinal);
        if (sentence >= LongestPassage / 2) return head[..(sentence + 1)];
        int word = head.LastIndexOf(' ');
        return word > 0 ? head[..word] : char.IsHighSurrogate(head[^1]) ? head[..^1] : head;
    }
}
