namespace OpenLedger.Engine.Datanets;

/// <summary>What the rows of a file are, as far as their columns tell.</summary>
public enum RowShape
{
    /// <summary>A question and its answer.</summary>
    QuestionAnswer,

    /// <summary>A prompt and its completion.</summary>
    PromptCompletion,

    /// <summary>Alpaca's instruction, optional input, and output.</summary>
    Instruction,

    /// <summary>Messages by role: OpenAI's <c>messages</c> or ShareGPT's <c>conversations</c>.</summary>
    Conversation,

    /// <summary>Text without roles.</summary>
    PlainText,
}
