using Microsoft.SemanticKernel;
using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Templates;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>An answer ready to be written: its model lent, its passages found, its prompt measured. Disposing it gives the model back.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Lease">The model.</param>
/// <param name="Kernel">Semantic Kernel over it.</param>
/// <param name="Turns">The conversation as the model reads it.</param>
/// <param name="Prompt">The same as one text, by the model's template.</param>
/// <param name="TokensIn">Its tokens.</param>
/// <param name="Found">What was looked up; null where nothing was to be.</param>
public sealed record PreparedAnswer(
    AnswerRequest Request, ModelLease Lease, Kernel Kernel, IReadOnlyList<ChatTurn> Turns, string Prompt, int TokensIn, RetrievalResult? Found) : IDisposable
{
    /// <summary>In the order of the prompt.</summary>
    public IReadOnlyList<RetrievedPassage> Passages => Found?.Passages ?? [];

    /// <summary>A model that only answers from passages has none to answer from: nothing is to be written.</summary>
    public bool HasNothingToSay => Found is { NothingRelevant: true } && Request.Model.Grounded;

    public void Dispose() => Lease.Dispose();
}
