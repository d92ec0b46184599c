using System.ComponentModel;
using Microsoft.SemanticKernel;
using OpenLedger.Engine.Models;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>Looks up the passages of chosen Datanet versions, as a function that Semantic Kernel can call. Knows nothing of models that answer.</summary>
public sealed class PassageLookup(PassageIndexes indexes, Embedder embedder, IReadOnlyList<DatanetVersionDocument> versions)
{
    public const string Plugin = "passages";
    public const string Function = "find";

    /// <summary>The relevant passages, best first.</summary>
    [KernelFunction(Function)]
    [Description("Finds the passages of the chosen Datanets that answer a question.")]
    public async Task<RetrievalResult> FindAsync([Description("The question as it was asked.")] string question, CancellationToken cancel = default)
    {
        EmbeddingModel model = await embedder.GetAsync(cancel);
        PassageIndex[] found = await Task.WhenAll(versions.Select(version => indexes.GetAsync(version, cancel)));
        return await Task.Run(() => new Retriever(model, found).Find(question, new RetrievalLimits(GroundedPrompt.UsualPassages)), cancel);
    }
}
