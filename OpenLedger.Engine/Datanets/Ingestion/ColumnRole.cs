namespace OpenLedger.Engine.Datanets.Ingestion;

/// <summary>What a column of a file is used as.</summary>
public enum ColumnRole
{
    LeaveOut,
    Question,
    Answer,
    Prompt,
    Completion,
    Instruction,

    /// <summary>What an instruction is about; may be empty.</summary>
    Input,

    Output,

    /// <summary>A whole conversation as JSON.</summary>
    Conversation,

    Text,

    /// <summary>Told to the model before the row; may be empty.</summary>
    System,

    /// <summary>An answer that was not preferred; may be empty.</summary>
    Rejected,

    /// <summary>A thumb up or down for the answer; may be empty.</summary>
    Liked,

    Id,

    /// <summary>Where the row is from, in words.</summary>
    Source,

    /// <summary>Where the row can be read at its source.</summary>
    SourceLink,

    /// <summary>Only rows that say yes here are taken.</summary>
    Keep,
}
