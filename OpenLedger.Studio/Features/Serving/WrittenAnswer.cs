using OpenLedger.Engine.Retrieval;
using OpenLedger.Engine.Serving;

namespace OpenLedger.Studio.Features.Serving;

/// <summary>What a model wrote and what stands behind each sentence. Knows nothing of its price.</summary>
/// <param name="Text">Without citation marks of the model's own.</param>
/// <param name="Summary">Tokens and times.</param>
/// <param name="Support">Against the passages it was given; null where it was given none.</param>
/// <param name="Stopped">Somebody stopped it before its end.</param>
public sealed record WrittenAnswer(string Text, GenerationSummary Summary, AnswerSupport? Support, bool Stopped);
