namespace OpenLedger.Engine.Attribution;

/// <summary>How the scores of one kind of evidence were measured. Knows nothing of what they came to.</summary>
/// <param name="Reason">The kind of evidence.</param>
/// <param name="Name">The method's published name, for example <c>passage-support</c>.</param>
/// <param name="Parameters">Its parameters as text, by name.</param>
public sealed record AttributionMethod(FeeReason Reason, string Name, IReadOnlyDictionary<string, string> Parameters);
