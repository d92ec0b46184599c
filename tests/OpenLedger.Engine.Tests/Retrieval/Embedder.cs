using OpenLedger.Engine.Models;

namespace OpenLedger.Engine.Tests.Retrieval;

/// <summary>The starter embedder, read once for all tests that need it.</summary>
internal static class Embedder
{
    private static readonly Lazy<EmbeddingModel> Loaded = new(() => EmbeddingModel.Load(Fixture.Starter("models/all-MiniLM-L6-v2")));

    public static EmbeddingModel Model => Loaded.Value;
}
