namespace OpenLedger.Engine.Tokenization;

/// <summary>The special tokens of ChatGLM2 and ChatGLM3, which no file of theirs lists: they stand in their code (tokenization_chatglm.py) alone, numbered from the vocabulary's end on.</summary>
internal static class ChatGlmTokens
{
    /// <summary>The name by which tokenizer_config.json asks for that code.</summary>
    public const string Class = "ChatGLMTokenizer";

    private static readonly string[] First = ["[MASK]", "[gMASK]", "[sMASK]", "sop", "eop"];
    private static readonly string[] Roles = ["<|system|>", "<|user|>", "<|assistant|>", "<|observation|>"];

    /// <summary>What stands before each text.</summary>
    public static IReadOnlyList<string> Before { get; } = ["[gMASK]", "sop"];

    /// <param name="pieces">Pieces of the vocabulary.</param>
    /// <param name="withRoles">ChatGLM3 has them, ChatGLM2 not.</param>
    public static IEnumerable<AddedToken> From(int pieces, bool withRoles) =>
        First.Concat(withRoles ? Roles : []).Select((text, i) => new AddedToken(pieces + i, text) { Special = true, SingleWord = char.IsLetter(text[0]) }); // "philosophy" has no "sop" in it
}
