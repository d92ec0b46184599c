namespace OpenLedger.Engine.Retrieval;

/// <summary>An index whose files are not what was written, with the fact that shows it. The rows are untouched: build it again.</summary>
public sealed class PassageIndexException(string message) : IOException(message);
