namespace OpenLedger.Engine.Models;

/// <summary>A folder that holds no sentence embedder this engine can run, with the fact that shows it.</summary>
public sealed class EmbeddingModelException(string message) : Exception(message);
