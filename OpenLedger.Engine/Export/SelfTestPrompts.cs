using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Engine.Export;

/// <summary>The twenty questions that every export must answer as the Studio does. Knows no model.</summary>
internal static class SelfTestPrompts
{
    /// <summary>How many of them; more can be put before them by the caller.</summary>
    public const int Count = 20;

    private static readonly string[] Questions =
    [
        "What is glaucoma?", "Name three fruits.", "Write a short poem about the sea.", "How do plants make sugar?", "What is 12 times 7?",
        "Translate 'good morning' into Italian.", "Who wrote Romeo and Juliet?", "List the days of the week.", "Why is the sky blue?", "What does a heart do?",
        "Give me a recipe for pancakes.", "Explain gravity to a child.", "What are the symptoms of the flu?", "How many legs does a spider have?", "Continue: once upon a time",
        "What is the capital of France?", "Write one line of Python that prints hello.", "What is a contract?", "Is water wet?", "Summarise: rain falls, rivers rise, the sea takes it all.",
    ];

    // Kept out of the answers: only whether words become the same tokens is asked of it.
    internal const string Strange = "  Ünïcödé naïve 東京です 한국어 ٣٤٥ 🙂👩‍👩‍👧 x=3.14;\r\n\ttab HTTPServer don't I'LL (a|b)…  12345\n\n";

    /// <summary>The prompts' token ids: the caller's questions first, then ours, twenty in all.</summary>
    public static IReadOnlyList<int[]> For(ChatModel chat, IReadOnlyList<string> first) =>
        [.. first.Concat(Questions).Take(Count).Select(question => chat.Encode([new ChatTurn(ChatTurn.User, question)]))];
}
