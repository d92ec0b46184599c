namespace OpenLedger.Engine.Retrieval;

/// <summary>What a check of one sentence of an answer came to.</summary>
public enum SupportVerdict
{
    /// <summary>A passage says it.</summary>
    Supported,

    /// <summary>No passage says it, as far as the check can tell.</summary>
    NotSupported,

    /// <summary>It claims nothing: a question, a heading, or a sentence that says that the rows do not answer.</summary>
    NothingClaimed,
}
