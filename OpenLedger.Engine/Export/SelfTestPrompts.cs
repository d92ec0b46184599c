using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Engine.Tokenization;

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

    // Only whether these become the same tokens is asked: beginnings, runs of one character, scripts, line ends, numbers, code.
    private static readonly string[] Strange =
    [
        " ", "a", " a", "  a", "\n", "\n\n\n", "\t\tx", "a b  c   d    e     f      g       h        i         j", "aaaaaaaaa", "------==========########", "0123456789 1,234.50 ٣٤٥",
        "Ünïcödé naïve e\u0301 東京です。今日は 한국어 🙂👩\u200d👩\u200d👧 \u00a0\u3000x", "HTTPServer camelCase don't I'LL (a|b)… x=3.14;\r\n\treturn [i for i in range(10)]\n", "the the the THE The", "trailing   ",
    ];

    /// <summary>Whether two tokenizers give the same ids for what tokenizers differ in.</summary>
    public static bool CutAlike(Tokenizer one, Tokenizer other) => Strange.All(text => one.Encode(text).SequenceEqual(other.Encode(text)));

    /// <summary>The prompts' token ids: the caller's questions first, then ours, twenty in all.</summary>
    public static IReadOnlyList<int[]> For(ChatModel chat, IReadOnlyList<string> first) =>
        [.. first.Concat(Questions).Take(Count).Select(question => chat.Encode([new ChatTurn(ChatTurn.User, question)]))];
}
