namespace OpenLedger.Engine.Retrieval;

/// <summary>How a Datanet version is indexed. Knows nothing of which one.</summary>
public sealed record IndexOptions
{
    /// <summary>How long passages are.</summary>
    public ChunkSize Chunks { get; init; } = new();

    /// <summary>How words become terms. Default English.</summary>
    public TextAnalysis Analysis { get; init; } = TextAnalysis.English;
}
