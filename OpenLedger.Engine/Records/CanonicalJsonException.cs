namespace OpenLedger.Engine.Records;

/// <summary>A value that has no canonical form under RFC 8785. The message says which and why.</summary>
public sealed class CanonicalJsonException(string message) : Exception(message);
