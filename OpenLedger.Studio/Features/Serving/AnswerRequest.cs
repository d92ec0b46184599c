using OpenLedger.Engine.Serving;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>What is to be answered, by which model, how. Knows nothing of who asks and who pays.</summary>
/// <param name="Model">A base or an adapter.</param>
/// <param name="History">What was said before, oldest first; without the question.</param>
/// <param name="Question">What is asked now.</param>
public sealed record AnswerRequest(ModelDocument Model, IReadOnlyList<ChatTurn> History, string Question)
{
    /// <summary>Versions whose passages are looked up; none leaves the model to itself.</summary>
    public IReadOnlyList<DatanetVersionDocument> Versions { get; init; } = [];

    /// <summary>In place of the model's own system text; empty for that.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary>How tokens are chosen. The seed must be named: a receipt holds it.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    public int MaxTokens { get; init; } = 256;
}
