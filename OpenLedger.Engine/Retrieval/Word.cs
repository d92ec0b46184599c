namespace OpenLedger.Engine.Retrieval;

/// <summary>A word of a text: where it stands, and its lower-case form.</summary>
internal readonly record struct Word(int Start, int End, string Form);
